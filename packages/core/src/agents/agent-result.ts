import type { ActionStep } from "../memory/action-step.ts";
import type { TokenUsage } from "../messages/token-usage.ts";

/** Why a run ended. */
export type AgentState =
  /** The agent gave its final answer. */
  | "success"
  /** The steps ran out; the output is what the model answered when asked to finish. */
  | "max-steps";

/** What a run gave. */
export interface AgentResult {
  output: unknown;
  state: AgentState;
  /** The steps of this run. */
  steps: ActionStep[];
  /** Tokens of all steps; absent when the model did not tell them for every one. */
  usage?: TokenUsage;
  durationMs: number;
}
