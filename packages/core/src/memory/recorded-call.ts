import type { TokenUsage } from "../messages/token-usage.ts";
import type { MemoryStep } from "./step.ts";

/** A call of a tool, or of a managed agent, that happened during a step. */
export interface RecordedCall {
  /** The step and the place in it, as in `call_2_1`: unique among the calls for one task. */
  id: string;
  tool: string;
  /** What the tool was called with: after a hook changed it, if one did. */
  input: unknown;
  durationMs: number;
  /** Message of the error, when the call failed or was not allowed. */
  error?: string;
  /** What a managed agent did. */
  run?: ManagedRun;
}

/** The work of a managed agent on one task. */
export interface ManagedRun {
  agent: string;
  steps: MemoryStep[];
  /** Tokens of all its steps, and of the agents that it manages; absent when one model did not tell. */
  usage?: TokenUsage;
}
