import type { ActionStep } from "../memory/action-step.ts";
import type { ModelDelta } from "../model/model.ts";
import type { AgentResult } from "./agent-result.ts";

/** What happens during a run, in the order in which it happens. */
export type AgentEvent =
  /** A turn begins. `step` counts from 1. */
  | { type: "step-start"; step: number }
  /** A piece of the model's answer. */
  | { type: "model-delta"; step: number; delta: ModelDelta }
  /** The code that is about to run. */
  | { type: "code"; step: number; code: string }
  /** The code printed something. */
  | { type: "output"; step: number; text: string }
  /** The code calls a tool. */
  | { type: "tool-call"; step: number; id: string; tool: string; input: unknown }
  /** A tool answered, or failed with this message. */
  | { type: "tool-result"; step: number; id: string; tool: string; durationMs: number; error?: string }
  /** A turn is over; the step is in memory. */
  | { type: "step"; step: ActionStep }
  /** The run is over. Always the last event. */
  | { type: "result"; result: AgentResult };
