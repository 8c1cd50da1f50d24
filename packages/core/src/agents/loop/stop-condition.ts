import { errorMessage } from "../../errors/error-message.ts";
import type { ActionStep } from "../../memory/action-step.ts";
import type { TokenUsage } from "../../messages/token-usage.ts";
import { AgentError } from "../agent-error.ts";

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

/** @throws AgentError `AGENT_CALLBACK_FAILED` when the condition throws. */
export async function isStopped(condition: StopCondition | undefined, progress: RunProgress): Promise<boolean> {
  try {
    return (await condition?.(progress)) ?? false;
  } catch (cause) {
    throw new AgentError(`The stop condition failed: ${errorMessage(cause)}`, { code: "AGENT_CALLBACK_FAILED", cause });
  }
}
