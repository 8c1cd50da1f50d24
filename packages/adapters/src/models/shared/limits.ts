import { invalidOption } from "./errors/model-options-error.ts";

/** The limits of one call: options of the models that have a default. */
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
 * @param defaults - Defaults that are not those of all models.
 * @throws ModelOptionsError for a limit that is not a number of its kind.
 */
export function limitsOf(options: Partial<ModelLimits>, defaults: Partial<ModelLimits> = {}): ModelLimits {
  const limits = { ...defaultLimits, ...defaults };
  for (const name of Object.keys(limits) as (keyof ModelLimits)[]) {
    const value = options[name] ?? limits[name];
    const least = name === "retries" || name === "maxRetryDelayMs" ? 0 : 1;
    if (!(value >= least)) throw invalidOption(name, `${name} must be at least ${least}.`);
    limits[name] = value;
  }
  return limits;
}
