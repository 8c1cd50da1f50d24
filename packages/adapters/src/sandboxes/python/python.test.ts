import type { SandboxOptions } from "@smoltools/core";
import { testSandbox } from "@smoltools/core/testing";
import { describe, expect, test, vi } from "vitest";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import { python, pythonProblem, type PythonOptions } from "./index.ts";

needsIsolation();

describe("the Python sandbox keeps the contract of a sandbox: it", () => {
  testSandbox({ provider: python({ imports: "*" }), test, isolation: "process" });
});

test("it is there where bubblewrap and Python are", async () => {
  expect(await pythonProblem()).toBeUndefined();
});

test("without Python it says what to install", async () => {
  vi.stubEnv("PATH", "/nowhere");
  try {
    const options = { isolation: "bubblewrap" } as const;
    expect(await pythonProblem(options)).toMatch(/no python3 on the PATH.*install Python 3\.9/);
    await expect(python(options).create()).rejects.toMatchObject({ code: "SANDBOX_UNAVAILABLE" });
  } finally {
    vi.unstubAllEnvs();
  }
});

test.each(["/bin/false", "/bin/true", "/nowhere/python3"])("%s is no Python: it is told of", async (pythonPath) => {
  await expect(python({ pythonPath }).create()).rejects.toMatchObject({
    code: "SANDBOX_UNAVAILABLE",
    message: expect.stringContaining(pythonPath),
  });
});

test.each<[what: string, options: PythonOptions]>([
  ["an import that is no name", { imports: ["numpy.", "re"] }],
  ["a wildcard in the middle", { imports: ["a.*.b"] }],
  ["packages that are not there", { packages: ["/nowhere/site-packages"] }],
  ["a relative path of packages", { packages: ["site-packages"] }],
  ["a file that is no wheel", { packages: [import.meta.filename] }],
])("an option is refused: %s", (_what, options) => {
  expect(() => python(options)).toThrow(expect.objectContaining({ code: "SANDBOX_BAD_OPTIONS" }));
});

test.each<[what: string, options: SandboxOptions]>([
  ["a function called final_answer", { functions: { final_answer: () => 1 } }],
  ["a variable called like a keyword", { variables: { class: 1 } }],
  ["modules", { modules: { a: "export {}" } }],
])("creation refuses %s", async (_what, options) => {
  await expect(python().create(options)).rejects.toMatchObject({ code: "SANDBOX_BAD_OPTIONS" });
});

test("globals live on from run to run, beside those that were given (case 103)", async () => {
  await using sandbox = await python().create({ variables: { given: [1] } });
  await sandbox.run("def twice(n): return 2 * n\nimport math\nkept = twice(n)", { variables: { n: 21 } });
  expect(await sandbox.run("[given, twice(kept), math.pi > 3, n]")).toMatchObject({ value: [[1], 84, true, 21] });
});

test("where Deno is chosen to isolate, Pyodide runs the code", async () => {
  await using sandbox = await python({ isolation: "deno" }).create({ functions: { double: ([n]) => 2 * Number(n) } });
  const result = await sandbox.run("import sys\nsys.platform", { timeoutMs: 10_000 });
  expect(result.error).toMatchObject({ name: "ImportError" });
  expect(await sandbox.run("print('a')\n[double(21), b'b']")).toMatchObject({
    value: [42, Uint8Array.of(98)],
    output: "a",
  });
});

test("packages are no use where Pyodide runs the code, and the error says so", async () => {
  expect(await pythonProblem({ isolation: "deno", packages: ["/tmp"] })).toMatch(/cannot be used in Pyodide/);
});
