import { defaultSandboxLimits, type SandboxLimits } from "../../sandbox/limits.ts";
import type { RunErrorCode, RunResult } from "../../sandbox/sandbox.ts";
import { expect, expectEqual } from "../sandbox-case.ts";
import type { HostileEnd } from "./hostile-program.ts";

/** What may come on top of a limit: the note that something was cut. */
const noteBytes = 300;
/** Longest name and message of an error, in characters: a model is shown both. */
const maxErrorText = 20_000;

const codes: ReadonlySet<string> = new Set<RunErrorCode>([
  "SANDBOX_SYNTAX",
  "SANDBOX_EXCEPTION",
  "SANDBOX_TIMEOUT",
  "SANDBOX_MEMORY",
  "SANDBOX_STACK",
  "SANDBOX_LIMIT",
  "SANDBOX_CRASH",
]);

/** Fails unless the result is one that a sandbox may give, whatever the code did. */
export function checkForm(result: RunResult, limits: Partial<SandboxLimits>): void {
  const { maxOutputBytes, maxResultBytes } = { ...defaultSandboxLimits, ...limits };
  const { output, error, finalAnswer, value, stateLost, durationMs } = result;
  expect(typeof output === "string" && typeof stateLost === "boolean", "the result lacks its output or its stateLost");
  expect(Number.isFinite(durationMs), `durationMs is ${durationMs}`);
  expect(bytesOf(output) <= maxOutputBytes + noteBytes, `the output is ${bytesOf(output)} bytes`);
  for (const part of [value, finalAnswer?.value]) {
    const bytes = bytesOf(JSON.stringify(part) ?? "");
    expect(bytes <= maxResultBytes, `the value or the answer is ${bytes} bytes`);
  }
  if (!error) return;
  expect(codes.has(error.code), `the code of the error is ${error.code}`);
  for (const text of [error.name, error.message]) {
    expect(typeof text === "string", "the error lacks its name or its message");
    expect(text.length <= maxErrorText, `the name or the message of the error has ${text.length} characters`);
  }
}

/** Fails unless the run came to the end that was expected. */
export function checkEnd(result: RunResult, ends: HostileEnd): void {
  if (ends === "anyhow") return;
  if (typeof ends === "object" && "answer" in ends) {
    return expectEqual(result.finalAnswer, { value: ends.answer }, `final answer, with ${shown(result)}`);
  }
  expect(result.finalAnswer === undefined, `it has a final answer: ${shown(result)}`);
  if (typeof ends === "object" && "value" in ends) {
    expect(result.error === undefined, `expected a value, got ${shown(result)}`);
    return expectEqual(result.value, ends.value, "value");
  }
  const { error } = result;
  expect(error !== undefined, `expected an error, got ${shown(result)}`);
  if (ends === "error") return;
  expect(ends.error.includes(error.code), `expected ${ends.error.join(" or ")}, got ${shown(result)}`);
}

function shown({ value, error, finalAnswer, output }: RunResult): string {
  return JSON.stringify({ value, error, finalAnswer, output }).slice(0, 1000);
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
