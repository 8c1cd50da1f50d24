import type { CodeLanguage, RunResult, SandboxOptions, SandboxRunOptions } from "../sandbox/sandbox.ts";
import type { Isolation } from "./sandbox-isolation.ts";
import type { CaseProvider, CaseSandbox, Program } from "./sandbox-program.ts";

/** For which sandboxes a requirement holds. */
interface Scope {
  /** Default: all languages. */
  language?: CodeLanguage;
  /** Default: every isolation. */
  isolation?: Isolation;
}

/** One requirement that every sandbox in its scope must meet. */
export interface SandboxCase extends Scope {
  /** A sentence: what the sandbox does. No other case of the same language has it. */
  name: string;
  run(provider: CaseProvider): Promise<void>;
}

/** The same cases for fewer sandboxes. */
export function only(scope: Scope, cases: readonly SandboxCase[]): SandboxCase[] {
  return cases.map((one) => ({ ...one, ...scope }));
}

/** The options of cases that need none. */
export const noOptions: SandboxOptions = {};

/**
 * A case in one sandbox, which is disposed afterwards unless other cases use it too: what its programs need they declare
 * themselves, and they leave nothing behind that others would notice.
 *
 * @param options - Where cases have the same object, they may have the same sandbox. A function of them makes a new one.
 */
export function sandboxCase(
  name: string,
  options: SandboxOptions | (() => SandboxOptions),
  check: (sandbox: CaseSandbox) => Promise<void>,
): SandboxCase {
  return { name, run: (provider) => provider.lend(typeof options === "function" ? options() : options, check) };
}

/** A case that is told by one run. */
export function runCase(
  name: string,
  program: Program,
  check: (result: RunResult) => void,
  options: SandboxOptions = noOptions,
  runOptions: SandboxRunOptions = {},
): SandboxCase {
  return sandboxCase(name, options, async (sandbox) => check(await sandbox.run(program, runOptions)));
}

/** A case whose run gives a value. */
export function valueCase(name: string, program: Program, value: unknown, options?: SandboxOptions): SandboxCase {
  return runCase(name, program, (result) => expectValue(result, value), options);
}

/** Fails unless the condition holds. */
export function expect(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Fails unless two JSON values are the same. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const [shownActual, shownExpected] = [show(actual), show(expected)];
  expect(shownActual === shownExpected, `${what}: expected ${clip(shownExpected)}, got ${clip(shownActual)}`);
}

/** Fails unless the run ended well with this value. */
export function expectValue(result: RunResult, value: unknown): void {
  expect(result.error === undefined, `expected a value, got the error ${clip(show(result.error))}`);
  expectEqual(result.value, value, "value");
}

/** Fails unless the run ended with an error of this code. */
export function expectError(result: RunResult, code: NonNullable<RunResult["error"]>["code"], message?: RegExp): void {
  expect(result.error !== undefined, `expected ${code}, got the value ${clip(show(result.value))}`);
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
  throw new Error(`expected a rejection, got ${clip(show(value))}`);
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

function clip(text: string): string {
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}

function show(value: unknown): string {
  return value === undefined ? "undefined" : JSON.stringify(value, sortKeys);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
