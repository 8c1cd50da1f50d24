import { testSandbox } from "@smoltools/core/testing";
import { describe, test } from "vitest";
import { plainProcess } from "./test-support/plain-process.ts";

const reason = "the code owns its process";

describe("the guest of Node keeps the contract of a sandbox: it", () => {
  testSandbox({
    provider: plainProcess,
    test,
    skip: [
      { test: "gives the code nothing of the machine", reason },
      { test: "gives no way out through constructors", reason },
      { test: "does not import node:fs", reason },
      { test: "does not import fs", reason },
    ],
  });
});
