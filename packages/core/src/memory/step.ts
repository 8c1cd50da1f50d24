import type { Message } from "../messages/message.ts";

/** One entry of an agent's memory. A step knows how it reads to a model. */
export interface MemoryStep {
  readonly kind: "system-prompt" | "task" | "action";
  toMessages(): Message[];
}
