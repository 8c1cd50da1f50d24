import type { Message } from "../messages/message.ts";
import { ActionStep } from "./action-step.ts";
import type { MemoryStep } from "./step.ts";

/** What an agent remembers of a conversation: its steps, oldest first. */
export class Memory {
  readonly steps: MemoryStep[] = [];

  add(step: MemoryStep): void {
    this.steps.push(step);
  }

  /** Forgets everything. */
  clear(): void {
    this.steps.length = 0;
  }

  /** The conversation as a model reads it. */
  toMessages(): Message[] {
    return this.steps.flatMap((step) => step.toMessages());
  }

  /** All code that the model wrote, one step after another. */
  fullCode(): string {
    const codes = this.steps.map((step) => (step instanceof ActionStep ? step.code : undefined));
    return codes.filter((code) => code !== undefined).join("\n\n");
  }
}
