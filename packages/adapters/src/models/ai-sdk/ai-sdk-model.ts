import type { Model, ModelCallOptions, ModelDelta, ModelRequest, ModelSupport } from "@smoltools/core";
import { invalidOption } from "../shared/errors/model-options-error.ts";
import { withPlainRoots } from "../shared/request/plain-roots.ts";
import { checkSupport } from "../shared/request/check-support.ts";
import { Deadline } from "../../shared/async/deadline.ts";
import { limitsOf, type ModelLimits } from "../shared/limits.ts";
import { Retryable } from "../shared/transport/retryable.ts";
import { waitToRetry } from "../shared/transport/wait-to-retry.ts";
import { cancellable } from "../../shared/async/cancellable.ts";
import { untilAborted } from "../../shared/async/until-aborted.ts";
import { CallErrors } from "./answer/call-errors.ts";
import { readAnswer } from "./answer/read-answer.ts";
import { StreamDecoder } from "./answer/stream-decoder.ts";
import { CallMemory } from "./call-memory.ts";
import { type AiSdkLanguageModel, isKnownVersion, type SpecificationVersion } from "./language-model.ts";
import type { AiSdkModelOptions } from "./options.ts";
import { callOptions } from "./request/call-options.ts";

/** Providers have unpacked an answer: what is counted is what it says alone. */
const defaultMaxResponseBytes = 16 * 1024 * 1024;

/**
 * A language model of the AI SDK, from any of its providers.
 *
 * The model is called directly: the package `ai` is not needed, and neither is a Node newer than the provider asks for.
 *
 * @example
 * import { anthropic } from "@ai-sdk/anthropic";
 * const model = new AiSdkModel(anthropic("claude-sonnet-4-5"));
 */
export class AiSdkModel implements Model {
  readonly id: string;
  readonly provider = "ai-sdk";
  readonly supports: ModelSupport;
  readonly #model: AiSdkLanguageModel;
  readonly #version: SpecificationVersion;
  readonly #options: AiSdkModelOptions;
  readonly #limits: ModelLimits;
  readonly #errors: CallErrors;
  readonly #memory = new CallMemory();

  /**
   * @param languageModel - What a provider's function returns, such as `openai("gpt-5")`; version 2, 3 or 4 of the
   * specification, which are those of AI SDK 5, 6 and 7.
   * @throws ModelOptionsError for options that cannot work.
   */
  constructor(languageModel: AiSdkLanguageModel, options: AiSdkModelOptions = {}) {
    this.#version = versionOf(languageModel);
    this.#model = languageModel;
    this.#options = { ...options };
    this.#limits = limitsOf(options, { maxResponseBytes: defaultMaxResponseBytes });
    this.#errors = new CallErrors(`${languageModel.modelId} (${languageModel.provider})`, options.headers);
    this.id = languageModel.modelId;
    this.supports = {
      ...(languageModel.supportsStructuredOutputs === false && { structuredOutput: false }),
      ...options.supports,
    };
  }

  /**
   * Asks the model. Nothing is sent before the iteration begins.
   *
   * @param request - What is asked.
   * @param options - `signal` ends the call.
   * @throws ModelError, see its codes; the signal's reason after it was aborted.
   */
  stream(request: ModelRequest, { signal }: ModelCallOptions = {}): AsyncIterableIterator<ModelDelta, void, undefined> {
    const plain = withPlainRoots(request);
    return plain.decoded(cancellable(signal, (own) => this.#deltas(plain.request, own)));
  }

  async *#deltas(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelDelta, void, undefined> {
    signal.throwIfAborted();
    checkSupport(request, this.supports, this.id);
    for (let attempt = 1; ; attempt++) {
      let begun = false;
      try {
        for await (const delta of this.#attempt(request, signal)) {
          signal.throwIfAborted();
          begun = true;
          yield delta;
        }
        return;
      } catch (error) {
        signal.throwIfAborted();
        if (begun && error instanceof Retryable) throw this.#errors.brokenBy(error.error);
        await waitToRetry(error, attempt, this.#limits, signal);
      }
    }
  }

  async *#attempt(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelDelta, void, undefined> {
    const { timeoutMs } = this.#limits;
    const errors = this.#errors;
    const options = callOptions(request, this.#options, {
      version: this.#version,
      metadataOf: (id) => this.#memory.recall(id),
    });
    const decoder = new StreamDecoder(errors, {
      onCallMetadata: (id, metadata) => this.#memory.remember(id, metadata),
      onWarning: this.#options.onWarning ?? (() => undefined),
    });
    using deadline = new Deadline(signal);
    deadline.arm(timeoutMs, () => errors.timedOut("timeoutMs", timeoutMs));
    try {
      const call = Promise.resolve(this.#model.doStream({ ...options, abortSignal: deadline.signal }));
      const { stream } = await untilAborted(call, deadline.signal).catch((error: unknown) => {
        // A provider that does not heed its signal may answer all the same: nobody reads that.
        if (deadline.signal.aborted) void call.then((late) => late.stream.cancel()).catch(() => undefined);
        throw error;
      });
      const { stop = [] } = request;
      yield* readAnswer(stream, { decoder, errors, limits: this.#limits, deadline, stop });
    } catch (error) {
      // An aborted request may fail with an error of its own instead of the reason.
      deadline.signal.throwIfAborted();
      throw errors.failed(error);
    }
  }
}

function versionOf(languageModel: AiSdkLanguageModel): SpecificationVersion {
  if (typeof languageModel === "string") {
    const message = `A name alone is not a model: pass what a provider makes of it, such as gateway("${languageModel}").`;
    throw invalidOption("languageModel", message);
  }
  const { specificationVersion: version } = languageModel;
  if (isKnownVersion(version)) return version;
  const message = `The language model has version ${version} of the AI SDK's specification; 2, 3 and 4 are known.`;
  throw invalidOption("languageModel", message);
}
