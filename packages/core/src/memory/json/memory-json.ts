import type { ImagePart, ToolCallPart } from "../../messages/message.ts";
import type { TokenUsage } from "../../messages/token-usage.ts";
import type { JsonValue } from "../../schema/json-schema.ts";
import type { ToolAnswer } from "../action-step.ts";
import type { StepError } from "../step.ts";

/** An exported memory. Plain JSON; later versions read what earlier ones wrote. */
export interface MemoryJson {
  schemaVersion: 1;
  steps: StepJson[];
}

/** One exported step. */
export type StepJson = SystemPromptJson | TaskJson | PlanningJson | ActionJson | SummaryJson;

/** An exported `SystemPromptStep`. */
export interface SystemPromptJson {
  kind: "system-prompt";
  text: string;
}

/** An exported `TaskStep`. */
export interface TaskJson {
  kind: "task";
  task: string;
  images?: ImagePart[];
  notes?: string[];
}

/** What the exported steps have in common that ask a model. */
export interface TimedJson {
  startedAt: number;
  durationMs: number;
  modelId?: string;
  usage?: TokenUsage;
}

/** An exported `PlanningStep`. */
export interface PlanningJson extends TimedJson {
  kind: "planning";
  beforeStep: number;
  plan?: string;
  reasoning?: string;
  error?: StepError;
}

/** An exported `SummaryStep`. */
export interface SummaryJson extends TimedJson {
  kind: "summary";
  covers: number;
  text: string;
}

/** An exported `ActionStep`. */
export interface ActionJson extends TimedJson {
  kind: "action";
  number: number;
  modelDurationMs: number;
  modelOutput?: string;
  reasoning?: string;
  code?: string;
  modelCalls?: ToolCallPart[];
  answers?: ToolAnswer[];
  toolCalls?: CallJson[];
  observation?: string;
  images?: ImagePart[];
  error?: StepError;
  /** Encoded by `encodeValue`. */
  finalAnswer?: { value: JsonValue };
}

/** An exported `RecordedCall`. */
export interface CallJson {
  id: string;
  tool: string;
  /** Encoded by `encodeValue`. */
  input: JsonValue;
  durationMs: number;
  error?: string;
  run?: { agent: string; steps: StepJson[]; usage?: TokenUsage };
}
