import { testSandbox } from "@smoltools/core/testing";
import { describe, test } from "vitest";
import type { SandboxProvider } from "@smoltools/core";
import type { EngineKind } from "../engine/engine.ts";
import { EngineSandbox } from "../engine/engine-sandbox.ts";
import { openDenoJavascript } from "./deno-javascript.ts";

const reason = "the code owns its process";
const kind: EngineKind = {
  name: "deno",
  language: "javascript",
  memory: { least: 1, most: Number.MAX_SAFE_INTEGER, reason: "Deno" },
  open: (setup) => openDenoJavascript("deno", setup),
};
const provider: SandboxProvider = {
  name: kind.name,
  language: kind.language,
  create: (options = {}) => EngineSandbox.create(kind, options),
};

describe("the guest of Deno keeps the contract of a sandbox: it", () => {
  testSandbox({
    provider,
    test,
    skip: [
      { test: "gives the code nothing of the machine", reason },
      { test: "gives no way out through constructors", reason },
      { test: "does not import node:fs", reason },
      { test: "does not import fs", reason },
    ],
  });
});
