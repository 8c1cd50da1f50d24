import { type Message, textMessage } from "../messages/message.ts";
import type { MemoryStep, MessageOptions } from "./step.ts";

/** The system prompt of a run. */
export class SystemPromptStep implements MemoryStep {
  readonly kind = "system-prompt";
  readonly text: string;
  #told: readonly Message[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  toMessages({ summary = false }: MessageOptions = {}): readonly Message[] {
    return summary ? [] : (this.#told ??= [textMessage("system", this.text)]);
  }
}
