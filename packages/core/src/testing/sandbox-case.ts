import type { RunResult, Sandbox, SandboxOptions, SandboxProvider, SandboxRunOptions } from "../sandbox/sandbox.ts";

/** One requirement that every sandbox of JavaScript must meet. */
export interface SandboxCase {
  /** A sentence: what the sandbox does. */
  name: string;
  run(provider: SandboxProvider): Promise<void>;
}

/** A case that needs one sandbox; it is disposed afterwards. */
export function sandboxCase(
  name: string,
  options: SandboxOptions,
  check: (sandbox: Sandbox) => Promise<void>,
): SandboxCase {
  return {
    name,
    run: async (provider) => {
      await using sandbox = await provider.create(options);
      await check(sandbox);
    },
  };
}

/** A case that is told by one run in a new sandbox. */
export function runCase(
  name: string,
  code: string,
  check: (result: RunResult) => void,
  options: SandboxOptions = {},
  runOptions: SandboxRunOptions = {},
): SandboxCase {
  return sandboxCase(name, options, async (sandbox) => check(await sandbox.run(code, runOptions)));
}

/** A case whose run gives a value. */
export function valueCase(name: string, code: string, value: unknown, options: SandboxOptions = {}): SandboxCase {
  return runCase(name, code, (result) => expectValue(result, value), options);
}

/** Fails unless the condition holds. */
export function expect(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Fails unless two JSON values are the same. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const [shownActual, shownExpected] = [show(actual), show(expected)];
  expect(shownActual === shownExpected, `${what}: expected ${shownExpected}, got ${shownActual}`);
}

/** Fails unless the run ended well with this value. */
export function expectValue(result: RunResult, value: unknown): void {
  expect(result.error === undefined, `expected a value, got the error ${show(result.error)}`);
  expectEqual(result.value, value, "value");
}

/** Fails unless the run ended with an error of this code. */
export function expectError(result: RunResult, code: NonNullable<RunResult["error"]>["code"], message?: RegExp): void {
  expect(result.error !== undefined, `expected ${code}, got the value ${show(result.value)}`);
  expectEqual(result.error.code, code, `code of the error "${result.error.message}"`);
  if (message)
    expect(message.test(result.error.message), `message "${result.error.message}" does not match ${message}`);
}

/** Fails unless the promise rejects; gives what it rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`expected a rejection, got ${show(value)}`);
}

/** The code of an error, if it has one. */
export function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

/** A promise that settles when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function show(value: unknown): string {
  return value === undefined ? "undefined" : JSON.stringify(value, sortKeys);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
