import type { ActionStep } from "../memory/action-step.ts";
import type { PlanningStep } from "../memory/planning-step.ts";
import type { SummaryStep } from "../memory/summary-step.ts";
import type { ModelReply } from "../model/collect.ts";
import type { ModelDelta, ModelRequest } from "../model/model.ts";
import type { AgentResult } from "./agent-result.ts";
import type { CodeFinding } from "./code/code-checker.ts";

/** What a model is asked for: its next step, a plan, an answer without further steps, or a summary of the work. */
export type ModelPurpose = "step" | "plan" | "final-answer" | "summary";

/** What happens during a run, in the order in which it happens. `step` counts from 1. */
export type AgentEvent =
  /** A step begins. */
  | { type: "step-start"; step: number }
  /** A model is asked. */
  | { type: "model-request"; step: number; purpose: ModelPurpose; modelId: string; request: ModelRequest }
  /** A piece of the model's answer. */
  | { type: "model-delta"; step: number; purpose: ModelPurpose; delta: ModelDelta }
  /** The model's answer is complete. */
  | { type: "model-reply"; step: number; purpose: ModelPurpose; reply: ModelReply; durationMs: number }
  /** The model made a plan; it is in memory. */
  | { type: "plan"; step: PlanningStep }
  /** Earlier steps were summed up; the summary is in memory. */
  | { type: "summary"; step: SummaryStep }
  /** The code that the model wrote, and that is about to be checked and run. */
  | { type: "code"; step: number; code: string }
  /** The type check found errors: the code is not run. */
  | { type: "type-errors"; step: number; findings: readonly CodeFinding[] }
  /** The code printed something. */
  | { type: "output"; step: number; text: string }
  /** The code, or the model, calls a tool or a managed agent. */
  | { type: "tool-call"; step: number; id: string; tool: string; input: unknown }
  /** A call is over: with what it gave, or the message of its error. */
  | {
      type: "tool-result";
      step: number;
      id: string;
      tool: string;
      durationMs: number;
      output?: unknown;
      error?: string;
    }
  /** Something happened in the run of a managed agent. `id` is that of its `tool-call`. */
  | { type: "managed-agent"; step: number; id: string; agent: string; event: AgentEvent }
  /** A step is over, and in memory. */
  | { type: "step"; step: ActionStep }
  /** The run is over. Always the last event. */
  | { type: "result"; result: AgentResult };
