import type { ActionStep } from "../memory/action-step.ts";
import type { TokenUsage } from "../messages/token-usage.ts";
import type { UsageByModel } from "../messages/model-usages.ts";

/**
 * How a run ended: with a final answer of the agent, or with one that the model was asked for because something ran
 * out, or a stop condition was met.
 */
export type AgentState = "success" | "max-steps" | "max-tokens" | "max-duration" | "max-tool-calls" | "stopped";

/** What a run gave. */
export interface AgentResult {
  /** The final answer. */
  output: unknown;
  state: AgentState;
  /** The steps of this run; the last one gave the answer. */
  steps: ActionStep[];
  /**
   * Tokens of all model calls of the run: its steps, plans and summaries, and its managed agents. Absent when one of
   * them is not known.
   */
  usage?: TokenUsage;
  /** The same by the id of the model. */
  usageByModel: UsageByModel;
  /** Calls of tools, those of managed agents included. */
  toolCalls: number;
  /** How long the run took. */
  durationMs: number;
}
