import type { JsonValue } from "@smoltools/core";
import type { ModelCapabilities } from "./capabilities.ts";
import { ModelOptionsError } from "./errors/model-options-error.ts";

/**
 * Fields of each request. `temperature` and `maxTokens` are those of a `ModelRequest`; every other name is sent as it
 * is, such as `top_p`, `seed`, `reasoning_effort` or `chat_template_kwargs`.
 *
 * What a request sets wins over the value here. `null` removes a field, also one that a request sets:
 * `{ temperature: null }` for a model that refuses it, `{ stream_options: null }` for a server that does.
 */
export interface ModelParameters {
  temperature?: number | null;
  maxTokens?: number | null;
  [field: string]: JsonValue | undefined;
}

/** A key, or a function that gives the current one. It is asked before each attempt. */
export type ApiKey = string | (() => string | Promise<string>);

/** Options of `openAICompatible`. Times are milliseconds, sizes bytes. */
export interface OpenAICompatibleOptions {
  /** The model's name at the provider, such as `"Qwen/Qwen3-32B"`. */
  model: string;
  /** Address of the API up to and with its version. Default `https://api.openai.com/v1`; see `presets`. */
  baseUrl?: string;
  /** Sent as a bearer token to the origin of `baseUrl` and nowhere else. */
  apiKey?: ApiKey | undefined;
  /** Further headers of each request. Their values are kept out of errors like the key. */
  headers?: Readonly<Record<string, string>>;
  /** Used instead of the global `fetch`; it must heed `signal` and `redirect`. */
  fetch?: typeof fetch;
  /**
   * Longest wait for the first byte of an answer. Default 240,000; Node's own `fetch` gives up at 300,000. A limit on
   * a whole call is the caller's: `AbortSignal.timeout(ms)` as its signal.
   */
  timeoutMs?: number;
  /** Longest silence within an answer. Default 120,000. */
  idleTimeoutMs?: number;
  /** Largest answer, unpacked. Default 64 MiB, which is room for some 200,000 streamed tokens. */
  maxResponseBytes?: number;
  /** Further attempts when one fails before it gave anything to the caller. Default 2. */
  retries?: number;
  /** Longest wait before a further attempt, whatever the provider asks for. Default 30,000. */
  maxRetryDelayMs?: number;
  /** Requests, further attempts included, that may start in a minute. They are spread evenly. Default no limit. */
  requestsPerMinute?: number;
  /** Fields of each request. */
  parameters?: ModelParameters;
  /** Corrects what is concluded from the model's name, for names that say nothing, such as Azure's deployments. */
  capabilities?: Partial<ModelCapabilities>;
  /** Allows a key to travel unencrypted to another machine. Default false. */
  allowInsecure?: boolean;
}

/** The limits of {@link OpenAICompatibleOptions} that have a default. */
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
export function limitsOf(options: OpenAICompatibleOptions): ModelLimits {
  const limits = { ...defaultLimits };
  for (const name of Object.keys(defaultLimits) as (keyof ModelLimits)[]) {
    const value = options[name] ?? defaultLimits[name];
    const least = name === "retries" || name === "maxRetryDelayMs" ? 0 : 1;
    if (!(value >= least))
      throw new ModelOptionsError("MODEL_OPTIONS_INVALID", name, `${name} must be at least ${least}.`);
    limits[name] = value;
  }
  return limits;
}
