import { type Message, textMessage } from "../messages/message.ts";
import type { TokenUsage } from "../messages/token-usage.ts";
import type { MemoryStep } from "./step.ts";

/**
 * A summary that stands for earlier steps when the conversation is told to the model. The steps themselves stay in the
 * memory.
 */
export class SummaryStep implements MemoryStep {
  readonly kind = "summary";
  /** How many steps at the beginning of the memory it stands for. */
  readonly covers: number;
  readonly text: string;
  /** When it was made, in milliseconds since 1970. */
  readonly startedAt: number;
  durationMs = 0;
  usage: TokenUsage | undefined;
  /** Id of the model that was asked. */
  modelId: string | undefined;

  constructor(covers: number, text: string, startedAt: number = Date.now()) {
    this.covers = covers;
    this.text = text;
    this.startedAt = startedAt;
  }

  toMessages(): readonly Message[] {
    return [textMessage("user", `Summary of the work before, which is no longer shown:\n${this.text}`)];
  }
}
