import { type Message, textMessage } from "../messages/message.ts";
import type { TokenUsage } from "../messages/token-usage.ts";
import type { MemoryStep } from "./step.ts";

/**
 * A summary that stands for earlier steps when the conversation is told to the model. The steps themselves stay in the
 * memory.
 */
export class SummaryStep implements MemoryStep {
  readonly kind = "summary";
  /** How many steps at the beginning of the memory it stands for. The memory keeps it right when steps move. */
  covers: number;
  readonly text: string;
  /** When it was made, in milliseconds since 1970. */
  readonly startedAt: number;
  durationMs = 0;
  usage: TokenUsage | undefined;
  /** Id of the model that was asked. */
  modelId: string | undefined;
  #covered: ReadonlySet<MemoryStep> | undefined;

  constructor(covers: number, text: string, startedAt: number = Date.now()) {
    this.covers = covers;
    this.text = text;
    this.startedAt = startedAt;
  }

  /**
   * @internal How many steps of the list that holds it it stands for: those up to the last of the steps that it covered
   * when it was seen first. Steps may be put in and taken out later.
   */
  coversOf(steps: readonly MemoryStep[]): number {
    const most = Math.max(0, Math.min(this.covers, steps.indexOf(this)));
    const covered = (this.#covered ??= new Set(steps.slice(0, most)));
    this.covers = steps.findLastIndex((step) => covered.has(step)) + 1;
    return this.covers;
  }

  toMessages(): readonly Message[] {
    return [textMessage("user", `Summary of the work before, which is no longer shown:\n${this.text}`)];
  }
}
