import type { Model, ModelErrorCode } from "@smoltools/core";
import { invalidOption } from "../shared/errors/model-options-error.ts";

/** In which order models are asked: always from the first on, each in its turn as the first, or by chance. */
export type RouterStrategy = "fallback" | "round-robin" | "random";

/** A model among which a router chooses. */
export interface RoutedModel {
  model: Model;
  /** How often it is asked first with the strategy `"random"`, compared with the others. Default 1. */
  weight?: number;
}

/** A call that a model did not answer. */
export interface RouterFailure {
  model: Model;
  error: Error;
  /** True when the next model is asked. */
  switched: boolean;
}

/** Options of `RouterModel`. Times are milliseconds. */
export interface RouterModelOptions {
  /** At least one; with the strategy `"fallback"` the best first. */
  models: readonly (Model | RoutedModel)[];
  /** Default `"fallback"`. */
  strategy?: RouterStrategy;
  /** The router's name, for logs. Default is the names of its models, joined by ` | `. */
  id?: string;
  /** How long a model that failed is asked last. Default 60,000; 0 for not at all. */
  coolDownMs?: number;
  /** Longest wait for the first piece of a model's answer, before the next one is asked. Default is the models' own. */
  timeoutMs?: number;
  /**
   * Errors after which the next model is asked. Default is all that are the provider's fault: `MODEL_RATE_LIMITED`,
   * `MODEL_UNAVAILABLE`, `MODEL_TIMEOUT`, `MODEL_UNAUTHORIZED`, `MODEL_BROKEN_STREAM`.
   */
  switchOn?: readonly ModelErrorCode[];
  /** Told of each failure, for logs. */
  onFailure?: (failure: RouterFailure) => void;
}

/** Options with their defaults filled in. */
export interface RouterSettings {
  models: readonly Required<RoutedModel>[];
  strategy: RouterStrategy;
  coolDownMs: number;
  timeoutMs: number;
  switchOn: ReadonlySet<string>;
  onFailure: (failure: RouterFailure) => void;
}

const providersFaults: readonly ModelErrorCode[] = [
  "MODEL_RATE_LIMITED",
  "MODEL_UNAVAILABLE",
  "MODEL_TIMEOUT",
  "MODEL_UNAUTHORIZED",
  "MODEL_BROKEN_STREAM",
];

/**
 * Fills in the defaults.
 *
 * @throws ModelOptionsError for an option that cannot work.
 */
export function settingsOf(options: RouterModelOptions): RouterSettings {
  const { strategy = "fallback", coolDownMs = 60_000, timeoutMs = Infinity } = options;
  const models = options.models.map((entry) => ({ weight: 1, ...("stream" in entry ? { model: entry } : entry) }));
  if (models.length === 0) throw invalidOption("models", "A router needs at least one model.");
  if (!models.every(({ weight }) => weight > 0 && weight < Infinity)) {
    throw invalidOption("models", "The weight of a model must be above 0.");
  }
  if (!(coolDownMs >= 0)) throw invalidOption("coolDownMs", "coolDownMs must be at least 0.");
  if (!(timeoutMs >= 1)) throw invalidOption("timeoutMs", "timeoutMs must be at least 1.");
  return {
    models,
    strategy,
    coolDownMs,
    timeoutMs,
    switchOn: new Set(options.switchOn ?? providersFaults),
    onFailure: options.onFailure ?? (() => undefined),
  };
}
