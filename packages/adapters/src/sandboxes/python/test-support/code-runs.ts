import type { HostFunction, RunResult, Sandbox, SandboxOptions, SandboxRunOptions } from "@smoltools/core";
import { afterAll, expect } from "vitest";
import { python, type PythonOptions } from "../python.ts";

/** A sandbox that the tests of a file share, because a Python takes long to start. */
export function sharedSandbox(
  pythonOptions: PythonOptions = {},
  options: SandboxOptions = {},
): {
  run(code: string, options?: SandboxRunOptions): Promise<RunResult>;
  /** The value of code that must not fail. */
  value(code: string, options?: SandboxRunOptions): Promise<unknown>;
} {
  let sandbox: Promise<Sandbox> | undefined;
  afterAll(async () => {
    await (await sandbox)?.dispose();
  });
  const run = async (code: string, runOptions?: SandboxRunOptions): Promise<RunResult> => {
    sandbox ??= python(pythonOptions).create(options);
    return (await sandbox).run(code, runOptions);
  };
  const value = async (code: string, runOptions?: SandboxRunOptions): Promise<unknown> => {
    const result = await run(code, runOptions);
    expect(result.error).toBeUndefined();
    return result.value;
  };
  return { run, value };
}

/** Gives its arguments back; those left out as `"left out"`. */
export const echo: HostFunction = (args) => args.map((arg) => (arg === undefined ? "left out" : arg));

/** The same, with parameters that are known. */
export const search: HostFunction = Object.assign((...[args]: Parameters<HostFunction>) => args.map(leftOut), {
  parameters: ["query", "limit", "language"],
});

function leftOut(arg: unknown): unknown {
  return arg === undefined ? "left out" : arg;
}
