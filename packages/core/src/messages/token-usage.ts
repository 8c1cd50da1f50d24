/** Tokens that a call, a step or a run took. */
export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
}

/**
 * Adds usages up.
 *
 * @returns `undefined` when one of them is unknown: a sum that leaves calls out would mislead.
 */
export function totalUsage(usages: readonly (TokenUsage | undefined)[]): TokenUsage | undefined {
  const total: TokenUsage = { inputTokens: 0, outputTokens: 0 };
  for (const usage of usages) {
    if (!usage) return undefined;
    total.inputTokens += usage.inputTokens;
    total.outputTokens += usage.outputTokens;
  }
  return total;
}
