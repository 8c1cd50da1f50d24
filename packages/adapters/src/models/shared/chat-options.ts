import type { JsonValue, ModelSupport } from "@smoltools/core";
import type { ThinkTags } from "./answer/think-splitter.ts";
import type { ModelCapabilities } from "./capabilities.ts";

/**
 * Fields of each request. `temperature` and `maxTokens` are those of a `ModelRequest`; every other name is sent as it
 * is, such as `top_p`, `seed`, `reasoning_effort` or `chat_template_kwargs`.
 *
 * What is set here wins over what a request sets, but for the model and the messages. `null` removes a field:
 * `{ temperature: null }` for a model that refuses it, `{ stream_options: null }` for a server that does.
 */
export interface ModelParameters {
  temperature?: number | null;
  maxTokens?: number | null;
  [field: string]: JsonValue | undefined;
}

/** A key, or a function that gives the current one. It is asked before each attempt. */
export type ApiKey = string | (() => string | Promise<string>);

/** Options of every model that speaks the Chat Completions protocol. Times are milliseconds, sizes bytes. */
export interface ChatOptions {
  /** The model's name at the provider, such as `"Qwen/Qwen3-32B"`. */
  model: string;
  /** Fields of each request. */
  parameters?: ModelParameters;
  /** What the model can do, where that is known. A request for what it cannot is refused before it is sent. */
  supports?: ModelSupport;
  /** Corrects what is concluded from the model's name, for names that say nothing, such as Azure's deployments. */
  capabilities?: Partial<ModelCapabilities>;
  /**
   * Sends neighbouring messages of one role as one, their texts in lines of their own. Default true, because chat
   * templates such as Gemma's and Mistral's refuse neighbours. Tool calls and their answers stay as they are.
   */
  mergeMessages?: boolean;
  /** Where an answer holds the model's thoughts as `<think>…</think>`. Default `"auto"`. */
  thinkTags?: ThinkTags;
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
  /** Longest wait before a further attempt, whatever the provider asks for. Default 30,000: a minute in all. */
  maxRetryDelayMs?: number;
  /** Requests, further attempts included, that may start in a minute. They are spread evenly. Default no limit. */
  requestsPerMinute?: number;
  /** Allows a key to travel unencrypted to another machine. Default false. */
  allowInsecure?: boolean;
}
