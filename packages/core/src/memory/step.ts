import type { ImagePart, Message } from "../messages/message.ts";

/** The kinds of steps that a memory holds. */
export type MemoryStepKind = "system-prompt" | "task" | "planning" | "action" | "summary";

/** How {@link MemoryStep.toMessages} tells a step. */
export interface MessageOptions {
  /**
   * Leaves out what the model said and planned, and keeps what was asked and seen: for a model that has to judge the
   * work, not to go on with it.
   */
  summary?: boolean;
  /** Tells native tool calls and their answers as text. Summaries do so in any case. */
  callsAsText?: boolean;
}

/** One entry of an agent's memory. A step knows how it reads to a model. */
export interface MemoryStep {
  readonly kind: MemoryStepKind;
  readonly images?: readonly ImagePart[];
  /** Without options: the very same list as the last time, unless the step has changed. Nobody may change the list. */
  toMessages(options?: MessageOptions): readonly Message[];
}

/** What went wrong in a step, as the model is told. */
export interface StepError {
  /**
   * What kind of error: an `AgentErrorCode`, the `RunErrorCode` of code that failed, or the code of whatever error of
   * smoltools ended the run, such as a `ModelErrorCode`. More kinds may come: do not rely on the list being closed.
   */
  code: string;
  message: string;
  /** True when the run ended with it; otherwise the model was shown it and went on. */
  endedRun: boolean;
}
