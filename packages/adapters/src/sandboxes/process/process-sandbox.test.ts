import { testSandbox } from "@smoltools/core/testing";
import { describe, expect, test } from "vitest";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import { processProblem, processSandbox } from "./index.ts";

needsIsolation();

describe("the process sandbox keeps the contract of a sandbox: it", () => {
  testSandbox({ provider: processSandbox(), test, isolation: "process" });
});

test("it is there where bubblewrap is", async () => {
  expect(await processProblem({ isolation: "bubblewrap" })).toBeUndefined();
});

test("a relative nodePath is refused", () => {
  expect(() => processSandbox({ nodePath: "node" })).toThrow(expect.objectContaining({ code: "SANDBOX_BAD_OPTIONS" }));
});

test("a Node that does not start is an error of the sandbox, with what it said", async () => {
  await expect(processSandbox({ nodePath: "/bin/false" }).create()).rejects.toMatchObject({
    code: "SANDBOX_UNAVAILABLE",
  });
});
