import type { Model, ModelCallOptions, ModelDelta, ModelRequest } from "@smoltools/core";
import type { Answer } from "./answer/answer.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { type Endpoint, endpointOf } from "./endpoint.ts";
import { ModelOptionsError } from "./errors/model-options-error.ts";
import { limitsOf, type ModelLimits, type OpenAICompatibleOptions } from "./options.ts";
import { type RequestBody, requestBody, type RequestDefaults } from "./request/request-body.ts";
import { openAnswer } from "./transport/open-answer.ts";
import { RequestPacer } from "./transport/request-pacer.ts";
import { retryDelayMs } from "./transport/retry-delay.ts";
import { Retryable } from "./transport/retryable.ts";
import { cancellable } from "./util/cancellable.ts";
import { sleep } from "./util/sleep.ts";

/**
 * A model behind an API of OpenAI's Chat Completions form.
 *
 * One object serves any number of calls at a time; they share nothing but the pace of `requestsPerMinute`. What the
 * object shows of itself, also to `JSON.stringify`, holds no secret.
 */
export class OpenAICompatibleModel implements Model {
  readonly id: string;
  readonly provider = "openai-compatible";
  /** The address of the API, without its query. */
  readonly baseUrl: string;
  readonly #endpoint: Endpoint;
  readonly #limits: ModelLimits;
  readonly #defaults: RequestDefaults;
  readonly #pacer: RequestPacer | undefined;
  readonly #fetch: typeof fetch;

  /** @throws ModelOptionsError for options that cannot work. */
  constructor(options: OpenAICompatibleOptions) {
    this.#endpoint = endpointOf(options);
    this.#limits = limitsOf(options);
    this.id = options.model;
    this.baseUrl = this.#endpoint.baseUrl;
    this.#defaults = {
      model: options.model,
      parameters: structuredClone(options.parameters ?? {}),
      capabilities: { ...capabilitiesOf(options.model), ...options.capabilities },
    };
    this.#pacer = pacerOf(options.requestsPerMinute);
    this.#fetch = options.fetch ?? ((...args) => fetch(...args));
  }

  /**
   * Asks the model. Nothing is sent before the iteration begins.
   *
   * @param request - What is asked.
   * @param options - `signal` ends the call.
   * @throws ModelError, see its codes; the signal's reason after it was aborted.
   */
  stream(request: ModelRequest, { signal }: ModelCallOptions = {}): AsyncIterableIterator<ModelDelta, void, undefined> {
    return cancellable(signal, (own) => this.#deltas(request, own));
  }

  async *#deltas(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelDelta, void, undefined> {
    signal.throwIfAborted();
    const answer = await this.#open(requestBody(request, this.#defaults), request.stop ?? [], signal);
    try {
      for (let deltas = await answer.next(); deltas; deltas = await answer.next()) {
        for (const delta of deltas) {
          signal.throwIfAborted();
          yield delta;
        }
      }
    } finally {
      await answer.close();
    }
  }

  async #open(body: RequestBody, stop: readonly string[], signal: AbortSignal): Promise<Answer> {
    const { retries, maxRetryDelayMs } = this.#limits;
    const request = { endpoint: this.#endpoint, limits: this.#limits, fetch: this.#fetch, body, stop };
    for (let attempt = 1; ; attempt++) {
      await this.#pacer?.turn(signal);
      try {
        return await openAnswer(request, signal);
      } catch (error) {
        if (!(error instanceof Retryable)) throw error;
        if (attempt > retries) throw error.giveUp(attempt);
        const { retryAfterMs } = error;
        await sleep(retryDelayMs({ attempt, retryAfterMs, maxDelayMs: maxRetryDelayMs }), signal);
      }
    }
  }
}

/**
 * A model behind an API of OpenAI's Chat Completions form: OpenAI, the Hugging Face router, vLLM, Ollama, llama.cpp
 * and many more.
 *
 * @example
 * const model = openAICompatible({ ...presets.huggingFace, model: "Qwen/Qwen3-32B", apiKey: token });
 *
 * @param options - At least the model's name. No environment variable is read.
 * @throws ModelOptionsError for options that cannot work.
 */
export function openAICompatible(options: OpenAICompatibleOptions): OpenAICompatibleModel {
  return new OpenAICompatibleModel(options);
}

function pacerOf(requestsPerMinute: number | undefined): RequestPacer | undefined {
  if (requestsPerMinute === undefined) return undefined;
  if (!(requestsPerMinute > 0)) {
    throw new ModelOptionsError("MODEL_OPTIONS_INVALID", "requestsPerMinute", "requestsPerMinute must be above 0.");
  }
  return new RequestPacer(requestsPerMinute);
}
