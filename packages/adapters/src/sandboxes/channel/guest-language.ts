import type { RunError, SandboxLimits } from "@smoltools/core";
import type { EngineSetup } from "../engine/engine.ts";
import { isLimit } from "../engine/is-limit.ts";
import type { GuestFailure, GuestStep } from "./messages.ts";
import type { GuestExit } from "./guest-channel.ts";

/** A step that a guest can take, and how its errors are told. */
export interface PreparedStep {
  step: GuestStep;
  /** Where in the source an error was thrown, for guests that tell stacks. */
  place?(stack: string): { line: number; column: number } | undefined;
}

/** What differs from one kind of guest to another. */
export interface GuestLanguage {
  /**
   * Turns the source of a step into what the guest takes. Must be safe on any source, within `timeoutMs`.
   *
   * @param run - Number of the run.
   */
  prepare(
    code: string,
    setup: EngineSetup,
    run: number,
    timeoutMs: number,
  ): Promise<PreparedStep | { error: RunError }> | PreparedStep | { error: RunError };
  /** Says why a guest has ended by itself; nothing when that is not known. */
  exitError?(exit: GuestExit, limits: SandboxLimits): RunError | undefined;
}

/** The error for what a guest tells of its code. */
export function failureError(failure: GuestFailure, prepared: PreparedStep): RunError {
  const { name, message, code = "SANDBOX_EXCEPTION", stack, line, column } = failure;
  const place = line === undefined ? prepared.place?.(stack ?? "") : { line, ...(column !== undefined && { column }) };
  const limit = isLimit(failure.limit) ? failure.limit : undefined;
  if (limit !== undefined) return { code: "SANDBOX_LIMIT", name, message, limit, ...place };
  return { code: code === "SANDBOX_LIMIT" ? "SANDBOX_EXCEPTION" : code, name, message, ...place };
}
