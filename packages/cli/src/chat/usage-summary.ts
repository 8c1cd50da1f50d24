import { type AgentResult, type ModelPrice, runCost } from "smoltools";
import { counted } from "../cli/output/counted.ts";

/** What a chat has used so far. */
export class UsageSummary {
  #tasks = 0;
  #steps = 0;
  #calls = 0;
  #cost = 0;
  #isCostKnown = true;
  #tokens: { input: number; output: number } | undefined = { input: 0, output: 0 };
  readonly #price: ModelPrice | undefined;

  constructor(price: ModelPrice | undefined) {
    this.#price = price;
  }

  add({ steps, toolCalls, usage, usageByModel }: AgentResult): void {
    this.#tasks++;
    this.#steps += steps.length;
    this.#calls += toolCalls;
    const before = this.#tokens;
    this.#tokens = usage &&
      before && { input: before.input + usage.inputTokens, output: before.output + usage.outputTokens };
    if (!this.#price) return;
    const price = this.#price;
    const { total, unknown } = runCost(
      usageByModel,
      Object.fromEntries(Object.keys(usageByModel).map((id) => [id, price])),
    );
    this.#cost += total;
    if (unknown.length > 0) this.#isCostKnown = false;
  }

  /** What it cost, as far as prices and tokens are known. */
  get cost(): number | undefined {
    return this.#price && this.#cost;
  }

  /** `2 tasks, 5 steps, 3 calls, 1200 tokens read, 80 written, cost 0.0012` */
  get text(): string {
    const tokens = this.#tokens
      ? [`${this.#tokens.input} tokens read`, `${this.#tokens.output} written`]
      : ["tokens not known"];
    const cost = this.#price
      ? [`cost ${this.#isCostKnown ? "" : "at least "}${Number(this.#cost.toPrecision(4))}`]
      : [];
    return [
      counted(this.#tasks, "task"),
      counted(this.#steps, "step"),
      counted(this.#calls, "call"),
      ...tokens,
      ...cost,
    ].join(", ");
  }
}
