import type { Budget, ModelPrice } from "smoltools";
import type { CommandContext } from "../cli/command.ts";
import { textOption } from "../cli/line/option-values.ts";
import { UsageError } from "../cli/errors/usage-error.ts";

/** What the command line says of how much an agent may use. */
export interface AgentLimits {
  maxSteps?: number;
  budget?: Budget;
  /** What the models cost, for the summary. */
  price?: ModelPrice;
}

/** @throws UsageError for what is no number. */
export function agentLimits(context: CommandContext): AgentLimits {
  const maxSteps = wholeNumber(context, "max-steps");
  const maxTokens = wholeNumber(context, "max-tokens");
  const maxToolCalls = wholeNumber(context, "max-calls");
  const seconds = textOption(context, "max-time");
  if (seconds !== undefined && !(Number(seconds) > 0 && Number(seconds) < 1e6)) {
    throw new UsageError(`--max-time ${seconds} is no time: write seconds, such as 60`);
  }
  const budget: Budget = {
    ...(maxTokens !== undefined && { maxTokens }),
    ...(maxToolCalls !== undefined && { maxToolCalls }),
    ...(seconds !== undefined && { maxDurationMs: Number(seconds) * 1000 }),
  };
  const price = priceOf(textOption(context, "price"));
  return {
    ...(maxSteps !== undefined && { maxSteps }),
    ...(Object.keys(budget).length > 0 && { budget }),
    ...(price && { price }),
  };
}

function wholeNumber(context: CommandContext, name: string): number | undefined {
  const text = textOption(context, name);
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new UsageError(`--${name} ${text} is no whole number from 1`);
}

function priceOf(text: string | undefined): ModelPrice | undefined {
  if (text === undefined) return undefined;
  const [, input, output] = /^(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (input === undefined || output === undefined) {
    throw new UsageError(`--price ${text}: write what a million tokens cost, read and written, such as 0.4/0.8`);
  }
  return { inputPerMillion: Number(input), outputPerMillion: Number(output) };
}
