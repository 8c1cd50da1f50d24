import type { Model, ModelCallOptions, ModelDelta, ModelRequest, ModelSupport } from "@smoltools/core";
import type { ModelDescription } from "../shared/model-description.ts";
import { ChatCalls } from "../shared/transport/chat-calls.ts";
import { describeOpenAI } from "./description.ts";
import { type Endpoint, endpointOf } from "./endpoint.ts";
import { openAnswer } from "./open-answer.ts";
import type { OpenAIModelOptions } from "./options.ts";

/**
 * A model behind an API of OpenAI's Chat Completions form: OpenAI, Azure OpenAI, the Hugging Face router, vLLM, Ollama,
 * llama.cpp and many more.
 *
 * One object serves any number of calls at a time; they share nothing but the pace of `requestsPerMinute`. What the
 * object shows of itself, also to `JSON.stringify`, holds no secret.
 *
 * @example
 * const model = new OpenAIModel({ ...presets.huggingFace, model: "Qwen/Qwen3-32B", apiKey: token });
 */
export class OpenAIModel implements Model {
  readonly id: string;
  readonly provider = "openai";
  /** The address of the API, without its query. */
  readonly baseUrl: string;
  readonly supports: ModelSupport;
  readonly #endpoint: Endpoint;
  readonly #calls: ChatCalls;
  readonly #description: ModelDescription;

  /**
   * @param options - At least the model's name. No environment variable is read.
   * @throws ModelOptionsError for options that cannot work.
   */
  constructor(options: OpenAIModelOptions) {
    this.#endpoint = endpointOf(options);
    this.#calls = new ChatCalls(options, this.#endpoint.model);
    this.id = options.model;
    this.baseUrl = this.#endpoint.baseUrl;
    this.supports = { ...options.supports };
    this.#description = describeOpenAI(options);
  }

  /** What it takes to make the model again, without the key. */
  describe(): ModelDescription {
    return structuredClone(this.#description);
  }

  /**
   * Asks the model. Nothing is sent before the iteration begins.
   *
   * @param request - What is asked.
   * @param options - `signal` ends the call.
   * @throws ModelError, see its codes; the signal's reason after it was aborted.
   */
  stream(request: ModelRequest, { signal }: ModelCallOptions = {}): AsyncIterableIterator<ModelDelta, void, undefined> {
    return this.#calls.stream(request, signal, (call, deadline) => openAnswer(this.#endpoint, call, deadline));
  }
}
