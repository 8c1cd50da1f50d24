import { type TokenUsage, totalUsage } from "../../messages/token-usage.ts";

/** Adds up the tokens of a run and of those above it. Unknown as soon as one of them is not told. */
export class UsageTally {
  total: TokenUsage | undefined = { inputTokens: 0, outputTokens: 0 };
  readonly #above: UsageTally | undefined;

  constructor(above?: UsageTally) {
    this.#above = above;
  }

  add(usage: TokenUsage | undefined): void {
    this.total = totalUsage([this.total, usage]);
    this.#above?.add(usage);
  }
}
