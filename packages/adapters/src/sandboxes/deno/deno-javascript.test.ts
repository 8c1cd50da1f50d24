import { testSandbox } from "@smoltools/core/testing";
import { afterAll, describe, test } from "vitest";
import type { SandboxProvider } from "@smoltools/core";
import type { EngineKind } from "../engine/engine.ts";
import { EngineSandbox } from "../engine/engine-sandbox.ts";
import { openDenoJavascript } from "./deno-javascript.ts";

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
    afterAll,
    isolation: "process",
  });
});
