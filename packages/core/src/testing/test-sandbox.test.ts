import { expect, test } from "vitest";
import type { RunResult, SandboxProvider } from "../sandbox/sandbox.ts";
import { testSandbox } from "./test-sandbox.ts";

/** A sandbox that does nothing: it gives the same result whatever it is asked to run. */
function idleProvider(result: Partial<RunResult> = {}): SandboxProvider {
  return {
    name: "idle",
    language: "javascript",
    create: async () => ({
      name: "idle",
      language: "javascript",
      run: async () => ({ output: "", stateLost: false, durationMs: 0, ...result }),
      dispose: async () => {},
      [Symbol.asyncDispose]: async () => {},
    }),
  };
}

type Registered = Map<string, () => Promise<void>>;

function register(
  skip: { test: string; reason: string }[] = [],
  provider: SandboxProvider = idleProvider(),
): Registered {
  const tests: Registered = new Map();
  testSandbox({
    provider,
    skip,
    test: (name, run) => {
      expect(tests.has(name)).toBe(false);
      tests.set(name, run);
    },
  });
  return tests;
}

test("registers many tests, each under a name of its own", () => {
  expect(register().size).toBeGreaterThan(35);
});

test("a sandbox that does nothing fails nearly all of them", async () => {
  const tests = [...register().values()];
  const outcomes = await Promise.allSettled(tests.map((run) => run()));
  const passed = outcomes.filter(({ status }) => status === "fulfilled").length;
  expect(passed).toBeLessThan(tests.length / 10);
});

test("leaves out the tests that are skipped", () => {
  const [name = ""] = register().keys();
  expect(register([{ test: name, reason: "a reason" }]).has(name)).toBe(false);
});

test.each([
  { test: "does what nobody asked for", reason: "a reason" },
  { test: "awaits at the top level", reason: "" },
])("refuses to skip %j", (skip) => {
  expect(() => register([skip])).toThrow(/skip/);
});
