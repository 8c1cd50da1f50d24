import { expect, test } from "vitest";
import type { CodeLanguage, SandboxProvider } from "../sandbox/sandbox.ts";
import type { Isolation } from "./sandbox-isolation.ts";
import { testSandbox } from "./test-sandbox.ts";

/** A sandbox that does nothing: it gives the same result whatever it is asked to run. */
function idleProvider(language: CodeLanguage): SandboxProvider {
  return {
    name: "idle",
    language,
    create: async () => ({
      name: "idle",
      language,
      run: async () => ({ output: "", stateLost: false, durationMs: 0 }),
      dispose: async () => {},
      [Symbol.asyncDispose]: async () => {},
    }),
  };
}

interface Registration {
  language?: CodeLanguage;
  isolation?: Isolation;
  skip?: { test: string; reason: string }[];
}

type Registered = Map<string, () => Promise<void>>;

function register({ language = "javascript", ...options }: Registration = {}): Registered {
  const tests: Registered = new Map();
  testSandbox({
    ...options,
    provider: idleProvider(language),
    test: (name, run) => {
      expect(tests.has(name), `a second test is called "${name}"`).toBe(false);
      tests.set(name, run);
    },
  });
  return tests;
}

const languages: readonly CodeLanguage[] = ["javascript", "python"];

test.each(languages)("registers many tests for %s, each under a name of its own", (language) => {
  expect(register({ language }).size).toBeGreaterThan(100);
});

test.each(languages)("a sandbox of %s that does nothing fails nearly all of them", async (language) => {
  const tests = [...register({ language }).values()];
  const outcomes = await Promise.allSettled(tests.map((run) => run()));
  const passed = outcomes.filter(({ status }) => status === "fulfilled").length;
  expect(passed).toBeLessThan(tests.length / 10);
});

test.each(languages)("what holds for a process of %s holds for an engine too", (language) => {
  const inEngine = register({ language, isolation: "engine" });
  const inProcess = [...register({ language, isolation: "process" }).keys()];
  expect(inProcess.filter((name) => !inEngine.has(name))).toEqual([]);
});

test("only an engine has to hide the machine from JavaScript", () => {
  const inProcess = register({ isolation: "process" });
  expect([...register().keys()].filter((name) => !inProcess.has(name))).toEqual([
    "does not import node:fs",
    "does not import fs",
    "gives the code nothing of the machine",
    "gives no way out through constructors",
  ]);
  expect(inProcess.has("does not import https://example.org/x.js")).toBe(true);
});

test("the languages share most of their tests", () => {
  const python = register({ language: "python" });
  const shared = [...register().keys()].filter((name) => python.has(name));
  expect(shared.length).toBeGreaterThan(python.size / 2);
});

test("leaves out the tests that are skipped", () => {
  const [name = ""] = register().keys();
  expect(register({ skip: [{ test: name, reason: "a reason" }] }).has(name)).toBe(false);
});

test.each<Registration>([
  { skip: [{ test: "does what nobody asked for", reason: "a reason" }] },
  { skip: [{ test: "awaits at the top level", reason: "" }] },
  { language: "python", skip: [{ test: "accepts TypeScript", reason: "a reason" }] },
  { isolation: "process", skip: [{ test: "does not import fs", reason: "a reason" }] },
])("refuses %j", (registration) => {
  expect(() => register(registration)).toThrow(/skip/);
});
