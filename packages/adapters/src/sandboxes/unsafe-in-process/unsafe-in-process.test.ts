import process from "node:process";
import { testSandbox } from "@smoltools/core/testing";
import { afterAll, describe, expect, test } from "vitest";
import { unsafeInProcess } from "./index.ts";

describe("what runs in the host's own process keeps the contract of a sandbox: it", () => {
  testSandbox({
    provider: unsafeInProcess(),
    test,
    afterAll,
    isolation: "process",
    skip: [{ test: "stops code that fills the memory", reason: "it would end the process: there is no such limit" }],
  });
});

test("the code is in this process, and nothing of it is out of reach", async () => {
  await using sandbox = await unsafeInProcess().create();
  const { value } = await sandbox.run(`
    const { existsSync } = await import("node:fs");
    [process.pid, process.env.PATH, existsSync(process.execPath)]`);
  expect(value).toEqual([process.pid, process.env.PATH, true]);
});

test("it has a name that nobody takes for a sandbox", () => {
  expect(unsafeInProcess()).toMatchObject({ name: "unsafe-in-process", language: "javascript" });
});
