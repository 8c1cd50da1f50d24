import { testSandbox } from "@smoltools/core/testing";
import { describe, test } from "vitest";
import { plainProcess } from "./test-support/plain-process.ts";

describe("the guest of Node keeps the contract of a sandbox: it", () => {
  testSandbox({
    provider: plainProcess,
    test,
    isolation: "process",
  });
});
