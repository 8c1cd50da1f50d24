/**
 * A language model of the AI SDK, as far as it is used: what `openai("gpt-5")` of `@ai-sdk/openai` and its like return.
 * It is described by its shape, so that any version of `ai` and its providers fits, and none has to be installed.
 *
 * Source: `LanguageModelV2`, `LanguageModelV3` and `LanguageModelV4` of `@ai-sdk/provider`.
 */
export interface AiSdkLanguageModel {
  /** `"v2"`, `"v3"` or `"v4"`. */
  readonly specificationVersion: string;
  readonly provider: string;
  readonly modelId: string;
  /** Not part of the specification; providers for servers of many kinds say so whether theirs keeps to a schema. */
  readonly supportsStructuredOutputs?: boolean;
  doStream(options: AiSdkCallOptions): PromiseLike<{ stream: ReadableStream<unknown> }>;
}

/** What a language model is called with. */
export interface AiSdkCallOptions {
  prompt: unknown;
  maxOutputTokens?: number;
  temperature?: number;
  stopSequences?: string[];
  responseFormat?: unknown;
  tools?: unknown;
  toolChoice?: unknown;
  reasoning?: unknown;
  headers?: Record<string, string | undefined>;
  providerOptions?: unknown;
  abortSignal?: AbortSignal;
}

/** The versions of the specification that differ in what is sent. */
export type SpecificationVersion = "v2" | "v3" | "v4";

/** True for the versions of the specification that are known. */
export function isKnownVersion(version: string): version is SpecificationVersion {
  return version === "v2" || version === "v3" || version === "v4";
}
