import type { Message } from "../messages/message.ts";
import type { MemoryStep } from "./step.ts";

/**
 * The messages of a list of steps, kept from one time to the next.
 *
 * A long conversation is told anew at each step, while nearly all of its steps stay as they were. A step that changes
 * tells new messages, see `MemoryStep.toMessages`; from there on the list is made again.
 */
export class ConversationCache {
  readonly #told: (readonly Message[])[] = [];
  /** How many messages come before each step. */
  readonly #offsets: number[] = [];
  readonly #messages: Message[] = [];

  /** The messages of all steps, in a list of the caller's own. */
  messagesOf(steps: readonly MemoryStep[]): Message[] {
    const kept = Math.min(steps.length, this.#told.length);
    let same = 0;
    while (same < kept && steps[same]?.toMessages() === this.#told[same]) same += 1;
    this.#truncate(same);
    for (let index = same; index < steps.length; index++) this.#append(steps[index]?.toMessages() ?? []);
    return this.#messages.slice();
  }

  #truncate(steps: number): void {
    if (steps >= this.#told.length) return;
    this.#messages.length = this.#offsets[steps] ?? 0;
    this.#told.length = steps;
    this.#offsets.length = steps;
  }

  #append(messages: readonly Message[]): void {
    this.#offsets.push(this.#messages.length);
    this.#told.push(messages);
    for (const message of messages) this.#messages.push(message);
  }
}
