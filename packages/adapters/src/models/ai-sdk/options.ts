import type { JsonObject, ModelSupport } from "@smoltools/core";

/** How much a model thinks before it answers, as the AI SDK has it. */
export type AiSdkReasoning = "provider-default" | "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max";

/** Options of `AiSdkModel`. Times are milliseconds, sizes bytes. */
export interface AiSdkModelOptions {
  /** Most tokens of an answer where the request sets no limit. */
  maxTokens?: number;
  /** Randomness where the request says nothing of it. */
  temperature?: number;
  /** How much the model thinks. For language models of version 4; others have it in `providerOptions`. */
  reasoning?: AiSdkReasoning;
  /** Passed on as it is, by the provider's name: `{ anthropic: { thinking: { type: "enabled" } } }`. */
  providerOptions?: Readonly<Record<string, JsonObject>>;
  /** Further headers of each request. Their values are kept out of errors. */
  headers?: Readonly<Record<string, string>>;
  /** What the model can do, where that is known. A request for what it cannot is refused before it is sent. */
  supports?: ModelSupport;
  /** Longest wait for the first piece of an answer. Default 240,000. */
  timeoutMs?: number;
  /** Longest silence within an answer. Default 120,000. */
  idleTimeoutMs?: number;
  /** Largest answer: its texts, thoughts and arguments together. Default 16 MiB. */
  maxResponseBytes?: number;
  /** Further attempts when one fails before it gave anything to the caller. Default 2. */
  retries?: number;
  /** Longest wait before a further attempt, whatever the provider asks for. Default 30,000. */
  maxRetryDelayMs?: number;
  /** Told what the provider says that it leaves out or changes, such as a `temperature` that a model does not have. */
  onWarning?: (warning: unknown) => void;
}
