import type { Message } from "../messages/message.ts";

/** How a step is turned into messages. */
export interface ToMessagesOptions {
  /** Leave out what only the run itself needs: the system prompt and the model's own words. */
  summary?: boolean;
}

/** One entry of an agent's memory. A step knows how it reads to a model. */
export interface MemoryStep {
  readonly kind: "system-prompt" | "task" | "action";
  toMessages(options?: ToMessagesOptions): Message[];
}
