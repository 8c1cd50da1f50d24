import type { UsageByModel } from "../../messages/model-usages.ts";
import { configError } from "../agent-error.ts";

/** What a model takes, in whatever currency: for a million tokens that it reads, and that it writes. */
export interface ModelPrice {
  inputPerMillion: number;
  outputPerMillion: number;
}

/** What runs cost, in the currency of the prices. */
export interface RunCost {
  /** The sum of `byModel`: what is known. */
  total: number;
  byModel: Record<string, number>;
  /** Models without a price, or whose tokens are not all known: they cost more than is told here. */
  unknown: string[];
}

/**
 * What runs cost by the prices that the caller gives; smoltools knows none.
 *
 * @param usageByModel - `usageByModel` of a result, or what `memoryUsageByModel` gave.
 * @param prices - By the id of the model.
 * @throws AgentError `AGENT_CONFIG` for a price that is no number from 0.
 *
 * @example
 * const { usageByModel } = await agent.run(task, { returnFullResult: true });
 * const { total, unknown } = runCost(usageByModel, { "Qwen/Qwen3-32B": { inputPerMillion: 0.4, outputPerMillion: 0.8 } });
 */
export function runCost(usageByModel: UsageByModel, prices: Readonly<Record<string, ModelPrice>>): RunCost {
  const byModel = new Map<string, number>();
  const unknown: string[] = [];
  for (const [modelId, { inputTokens, outputTokens, complete }] of Object.entries(usageByModel)) {
    const price = Object.hasOwn(prices, modelId) ? prices[modelId] : undefined;
    if (!price || !complete) unknown.push(modelId);
    if (!price) continue;
    checkPrice(modelId, price);
    byModel.set(modelId, (inputTokens * price.inputPerMillion + outputTokens * price.outputPerMillion) / 1_000_000);
  }
  const total = [...byModel.values()].reduce((sum, cost) => sum + cost, 0);
  return { total, byModel: Object.fromEntries(byModel), unknown };
}

function checkPrice(modelId: string, { inputPerMillion, outputPerMillion }: ModelPrice): void {
  for (const price of [inputPerMillion, outputPerMillion]) {
    if (!(Number.isFinite(price) && price >= 0)) {
      throw configError(`The price of ${modelId} is ${String(price)}: it must be a number from 0`);
    }
  }
}
