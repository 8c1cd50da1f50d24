import type { ChatOptions } from "./chat-options.ts";
import { invalidOption } from "./errors/model-options-error.ts";

/** The limits of {@link ChatOptions} that have a default. */
export interface ModelLimits {
  timeoutMs: number;
  idleTimeoutMs: number;
  maxResponseBytes: number;
  retries: number;
  maxRetryDelayMs: number;
}

const defaultLimits: ModelLimits = {
  timeoutMs: 240_000,
  idleTimeoutMs: 120_000,
  maxResponseBytes: 64 * 1024 * 1024,
  retries: 2,
  maxRetryDelayMs: 30_000,
};

/**
 * The limits that hold for a model.
 *
 * @throws ModelOptionsError for a limit that is no number of its kind.
 */
export function limitsOf(options: ChatOptions): ModelLimits {
  const limits = { ...defaultLimits };
  for (const name of Object.keys(defaultLimits) as (keyof ModelLimits)[]) {
    const value = options[name] ?? defaultLimits[name];
    const least = name === "retries" || name === "maxRetryDelayMs" ? 0 : 1;
    if (!(value >= least)) throw invalidOption(name, `${name} must be at least ${least}.`);
    limits[name] = value;
  }
  return limits;
}
