import type { JsonValue } from "@smoltools/core";
import { invalidOption } from "../shared/errors/model-options-error.ts";

/** Options of `TransformersModel`. Times are milliseconds. */
export interface TransformersModelOptions {
  /** The model's name, for logs. Default is what the library knows it by. */
  id?: string;
  /** Most tokens of an answer where the request sets no limit. Default is what the model has room for. */
  maxTokens?: number;
  /** Randomness where the request says nothing of it; 0 takes the likeliest token. Default is what the model comes with. */
  temperature?: number;
  /** Further options of `GenerationConfig`, such as `top_p` or `repetition_penalty`. */
  generation?: Readonly<Record<string, JsonValue>>;
  /** Values for the chat template, such as `{ enable_thinking: false }`. */
  template?: Readonly<Record<string, JsonValue>>;
  /** Longest time that one answer may take from its turn on. Default 600,000. */
  timeoutMs?: number;
}

/** Options of `TransformersModel.load`. */
export interface TransformersLoadOptions extends TransformersModelOptions {
  /** Name of a model on the Hub that has ONNX files, or of a folder below the library's `env.localModelPath`. */
  model: string;
  /** Form of the weights, such as `"q4"`. Default is the library's. */
  dtype?: string;
  /** Where the model is computed, such as `"cpu"` or `"webgpu"`. Default is the library's. */
  device?: string;
  /** A commit, tag or branch. Default `"main"`: name a commit for what is always the same. */
  revision?: string;
  /** Loads nothing from the network. Default false. */
  localOnly?: boolean;
}

/** Options with their defaults filled in. */
export interface TransformersSettings {
  id: string;
  maxTokens: number;
  temperature: number | undefined;
  generation: Readonly<Record<string, JsonValue>>;
  template: Readonly<Record<string, JsonValue>>;
  timeoutMs: number;
}

/**
 * Fills in the defaults.
 *
 * @param knownAs - The name by which the library knows the model.
 * @throws ModelOptionsError for an option that cannot work.
 */
export function settingsOf(options: TransformersModelOptions, knownAs: string): TransformersSettings {
  const { id = knownAs, maxTokens = Infinity, timeoutMs = 600_000, temperature } = options;
  for (const [name, value] of Object.entries({ maxTokens, timeoutMs })) {
    if (!(value >= 1)) throw invalidOption(name, `${name} must be at least 1.`);
  }
  const { generation = {}, template = {} } = options;
  return { id, maxTokens, timeoutMs, temperature, generation: { ...generation }, template: { ...template } };
}
