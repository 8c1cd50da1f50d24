import { errorMessage } from "../../errors/error-message.ts";
import type { ActionStep } from "../../memory/action-step.ts";
import type { TokenUsage } from "../../messages/token-usage.ts";
import { AgentError } from "../agent-error.ts";
import { orAborted } from "./or-aborted.ts";

/** How far a run has come. */
export interface RunProgress {
  /** The action steps of the run so far. */
  readonly steps: readonly ActionStep[];
  /** Tokens so far; `undefined` when a provider did not tell them. */
  readonly usage: TokenUsage | undefined;
  readonly toolCalls: number;
  readonly durationMs: number;
}

/** Asked before each step but the first: `true` ends the work, and the model is asked for its answer. */
export type StopCondition = (progress: RunProgress) => boolean | Promise<boolean>;

/** @throws AgentError `AGENT_CALLBACK_FAILED` when the condition throws, or the signal's reason. */
export async function isStopped(
  condition: StopCondition | undefined,
  progress: RunProgress,
  signal: AbortSignal,
): Promise<boolean> {
  if (!condition) return false;
  try {
    return await orAborted(Promise.resolve(condition(progress)), signal);
  } catch (cause) {
    signal.throwIfAborted();
    throw new AgentError(`The stop condition failed: ${errorMessage(cause)}`, { code: "AGENT_CALLBACK_FAILED", cause });
  }
}
