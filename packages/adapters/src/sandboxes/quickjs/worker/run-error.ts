import type { RunError, SandboxLimits } from "@smoltools/core";
import type { GuestFailure } from "../guest/host.ts";
import type { Position } from "./position.ts";
import type { Step } from "./transform.ts";

/** Says in the words of the interface why code failed. */
export function runErrorFrom(failure: GuestFailure, limits: SandboxLimits, place?: Position): RunError {
  const { name, message } = failure;
  const limit = isLimit(failure.limit, limits) ? failure.limit : undefined;
  if (limit !== undefined) return { code: "SANDBOX_LIMIT", name, message, limit, ...place };
  if (name === "InternalError" && message === "out of memory") return { ...memoryError(limits), ...place };
  if (name === "InternalError" && message === "stack overflow") {
    return { code: "SANDBOX_STACK", name, message: "the code recursed too deeply", ...place };
  }
  return { code: "SANDBOX_EXCEPTION", name, message, ...place };
}

/** The error for values that do not fit the memory. */
export function memoryError({ memoryBytes }: SandboxLimits): RunError {
  const message = `the values of the code take more than ${memoryBytes} bytes (memoryBytes)`;
  return { code: "SANDBOX_MEMORY", name: "InternalError", message };
}

/** The error for a limit that is counted. */
export function limitError(limit: keyof SandboxLimits, message: string): RunError {
  return { code: "SANDBOX_LIMIT", name: "LimitError", message, limit };
}

/** The error for an engine that failed. */
export function crashError(reason: unknown): RunError {
  const message = `the engine failed and was thrown away: ${reason instanceof Error ? reason.message : String(reason)}`;
  return { code: "SANDBOX_CRASH", name: "EngineError", message };
}

/** The error for code that nothing can wake any more. It is told at once: waiting for the deadline changes nothing. */
export const stuckError: RunError = {
  code: "SANDBOX_TIMEOUT",
  name: "TimeoutError",
  message: "the code waits for a promise that never settles: no call of the host and no timer is open",
};

/** Where in the source of a step an error was thrown: the innermost frame that is in the step. */
export function placeInStep(stack: string, files: StepFiles, step: Step): Position | undefined {
  for (const [, file, line, column] of stack.matchAll(/([\w-]+\.js):(\d+):(\d+)/g)) {
    const position = { line: Number(line), column: Number(column) };
    if (file === files.body) return step.sourcePosition(position);
    if (file === files.functions) return position;
  }
  return undefined;
}

/** Under which names the two scripts of a step appear in stacks. */
export interface StepFiles {
  body: string;
  functions: string;
}

function isLimit(name: string | undefined, limits: SandboxLimits): name is keyof SandboxLimits {
  return name !== undefined && Object.hasOwn(limits, name);
}
