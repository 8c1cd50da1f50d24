import { type ImagePart, type Message, textPart } from "../messages/message.ts";
import type { MemoryStep } from "./step.ts";

/** A task that a person, or a managing agent, gave. */
export class TaskStep implements MemoryStep {
  readonly kind = "task";
  readonly task: string;
  readonly images: readonly ImagePart[];
  /** What else the model has to know: variables that are there, or gone. */
  readonly notes: readonly string[];
  #told: readonly Message[] | undefined;

  constructor(task: string, images: readonly ImagePart[] = [], notes: readonly string[] = []) {
    this.task = task;
    this.images = images;
    this.notes = notes;
  }

  toMessages(): readonly Message[] {
    const text = [`New task:\n${this.task}`, ...this.notes].join("\n\n");
    return (this.#told ??= [{ role: "user", content: [textPart(text), ...this.images] }]);
  }
}
