import type { RunError, SandboxLimits } from "@smoltools/core";
import type { GuestFailure } from "../guest/host.ts";
import { isLimit } from "../../engine/is-limit.ts";
import { memoryError } from "../../engine/run-error.ts";
import type { Position } from "../../step/position.ts";

/** Says in the words of the interface why code failed. */
export function runErrorFrom(failure: GuestFailure, limits: SandboxLimits, place?: Position): RunError {
  const { name, message } = failure;
  const limit = isLimit(failure.limit) ? failure.limit : undefined;
  if (limit !== undefined) return { code: "SANDBOX_LIMIT", name, message, limit, ...place };
  if (name === "InternalError" && message === "out of memory") return { ...memoryError(limits), ...place };
  if (name === "InternalError" && message === "stack overflow") {
    return { code: "SANDBOX_STACK", name, message: "the code recursed too deeply", ...place };
  }
  return { code: "SANDBOX_EXCEPTION", name, message, ...place };
}

/** The error for code that nothing can wake any more. It is told at once: waiting for the deadline changes nothing. */
export const stuckError: RunError = {
  code: "SANDBOX_TIMEOUT",
  name: "TimeoutError",
  message: "the code waits for a promise that never settles: no call of the host and no timer is open",
};
