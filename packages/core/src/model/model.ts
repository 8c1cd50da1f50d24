import type { ObjectSchema } from "../schema/json-schema.ts";
import type { Message } from "../messages/message.ts";
import type { TokenUsage } from "../messages/token-usage.ts";

/** A tool as a model with native tool calling is told of it. */
export interface ModelTool {
  name: string;
  description: string;
  inputSchema: ObjectSchema;
}

/** Which tool the model shall call: as it likes, one of them, none, or this one. */
export type ToolChoice = "auto" | "required" | "none" | { name: string };

/** What a model is asked. */
export interface ModelRequest {
  /** The conversation so far, oldest first. */
  messages: readonly Message[];
  /** Tools offered for native calls. */
  tools?: readonly ModelTool[];
  /** How the model shall use `tools`. Models decide for themselves when it is absent. */
  toolChoice?: ToolChoice;
  /** Texts at which the model stops; the text itself is not part of the answer. */
  stop?: readonly string[];
  /** Asks for an answer that is JSON of this schema. */
  responseFormat?: { name: string; schema: ObjectSchema };
  /** Most tokens to generate. */
  maxTokens?: number;
  /** Randomness, 0 for the least. */
  temperature?: number;
}

/** Why the model stopped. */
export type FinishReason = "stop" | "length" | "tool-calls" | "content-filter" | "other";

/** One piece of a model's answer, in the order in which they arrive. */
export type ModelDelta =
  | { type: "text"; text: string }
  /** Thoughts that the provider shows apart from the answer. */
  | { type: "reasoning"; text: string }
  /**
   * A piece of a native tool call. `index` tells calls of one answer apart; `id` and `name` come once, with the first
   * piece or a later one; `arguments` is a fragment of JSON text, to be joined.
   */
  | { type: "tool-call"; index: number; id?: string; name?: string; arguments?: string }
  /** Sent at most once, when the provider tells it. An answer that was cut at a stop text may come without it. */
  | { type: "usage"; usage: TokenUsage }
  /** Sent exactly once, as the last delta of a complete answer. */
  | { type: "finish"; reason: FinishReason };

/** Options of one call. */
export interface ModelCallOptions {
  /** Ends the call: the iteration then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** What a model can do besides reading and writing text. What is absent counts as true: the provider will say. */
export interface ModelSupport {
  /** Native tool calls. Without them an agent describes its tools in the text and reads calls from it. */
  tools?: boolean;
  /** Images in messages. */
  images?: boolean;
  /** Answers of a JSON schema, see `ModelRequest.responseFormat`. */
  structuredOutput?: boolean;
}

/**
 * A language model: one method that yields the pieces of an answer.
 *
 * An implementation throws a `ModelError` when the provider cannot answer; it never yields an error as text.
 * Closing the iterator early (`break` in `for await`) ends the request. `testModel` of `@smoltools/core/testing`
 * is the contract as a test suite.
 */
export interface Model {
  /** The model's name at its provider, such as `"Qwen/Qwen3-32B"`. */
  readonly id: string;
  /** The kind of the implementation, such as `"openai"`. */
  readonly provider: string;
  readonly supports?: ModelSupport;
  stream(request: ModelRequest, options?: ModelCallOptions): AsyncIterable<ModelDelta>;
}
