import type { ImagePart, Message } from "../messages/message.ts";
import type { MemoryStep } from "./step.ts";

/** A task that a person, or a managing agent, gave. */
export class TaskStep implements MemoryStep {
  readonly kind = "task";
  readonly task: string;
  readonly images: readonly ImagePart[];
  #told: readonly Message[] | undefined;

  constructor(task: string, images: readonly ImagePart[] = []) {
    this.task = task;
    this.images = images;
  }

  toMessages(): readonly Message[] {
    const text = `New task:\n${this.task}`;
    return (this.#told ??= [{ role: "user", content: [{ type: "text", text }, ...this.images] }]);
  }
}
