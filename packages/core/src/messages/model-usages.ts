import type { TokenUsage } from "./token-usage.ts";

/** Tokens of one model. */
export interface ModelUsage extends TokenUsage {
  /** False when the provider did not tell the tokens of each answer: it was more than this. */
  complete: boolean;
}

/** Tokens by the id of the model. */
export type UsageByModel = Readonly<Record<string, ModelUsage>>;

/** Adds tokens up by model. */
export class ModelUsages {
  readonly #models = new Map<string, ModelUsage>();

  /** @param usage - Of one answer; `undefined` when the provider did not tell it. */
  add(modelId: string, usage: TokenUsage | undefined): void {
    const { inputTokens, outputTokens, complete } = this.#models.get(modelId) ?? nothing;
    this.#models.set(modelId, {
      inputTokens: inputTokens + (usage?.inputTokens ?? 0),
      outputTokens: outputTokens + (usage?.outputTokens ?? 0),
      complete: complete && usage !== undefined,
    });
  }

  /** The sums so far. */
  byModel(): UsageByModel {
    return Object.fromEntries(this.#models);
  }
}

const nothing: ModelUsage = { inputTokens: 0, outputTokens: 0, complete: true };
