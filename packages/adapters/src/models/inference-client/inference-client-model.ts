import type { Model, ModelCallOptions, ModelDelta, ModelRequest, ModelSupport } from "@smoltools/core";
import { chatDescription, type ModelDescription } from "../shared/model-description.ts";
import { ChatCalls } from "../shared/transport/chat-calls.ts";
import { openAnswer } from "./open-answer.ts";
import type { InferenceClientModelOptions } from "./options.ts";
import { type Route, routeOf } from "./route.ts";

/**
 * A model of the Hugging Face Hub, run by one of its Inference Providers or an Inference Endpoint.
 *
 * The package `@huggingface/inference`, which has to be installed, decides what is sent where; limits, retries, errors
 * and the reading of answers are those of `OpenAIModel`. What the object shows of itself, also to `JSON.stringify`,
 * holds no secret.
 *
 * @example
 * const model = new InferenceClientModel({ model: "Qwen/Qwen3-32B", provider: "together" });
 */
export class InferenceClientModel implements Model {
  readonly id: string;
  readonly provider = "inference-client";
  /** Who runs the model; `undefined` where `endpointUrl` is asked. */
  readonly inferenceProvider: string | undefined;
  readonly endpointUrl: string | undefined;
  readonly billTo: string | undefined;
  readonly supports: ModelSupport;
  readonly #route: Route;
  readonly #calls: ChatCalls;
  readonly #description: ModelDescription;

  /**
   * @param options - At least the model's name.
   * @throws ModelOptionsError for options that cannot work.
   */
  constructor(options: InferenceClientModelOptions) {
    this.#route = routeOf(options);
    this.#calls = new ChatCalls(options);
    const { provider, endpointUrl, billTo } = this.#route;
    this.id = options.model;
    this.inferenceProvider = provider;
    this.endpointUrl = endpointUrl;
    this.billTo = billTo;
    this.supports = { ...options.supports };
    this.#description = describe(options);
  }

  /** What it takes to make the model again, without the token, and without who pays. */
  describe(): ModelDescription {
    return structuredClone(this.#description);
  }

  /**
   * Asks the model. Nothing is read or sent before the iteration begins.
   *
   * @param request - What is asked.
   * @param options - `signal` ends the call.
   * @throws ModelError, see its codes; AdapterError without `@huggingface/inference`; the signal's reason after it was
   * aborted.
   */
  stream(request: ModelRequest, { signal }: ModelCallOptions = {}): AsyncIterableIterator<ModelDelta, void, undefined> {
    return this.#calls.stream(request, signal, (call, deadline) => openAnswer(this.#route, call, deadline));
  }
}

function describe(options: InferenceClientModelOptions): ModelDescription {
  const { provider, endpointUrl, token, billTo } = options;
  const further = {
    ...(provider !== undefined && { provider }),
    ...(endpointUrl !== undefined && { endpointUrl }),
  };
  const leftOut = [
    ...(token === undefined || token === "" ? [] : ["token"]),
    ...(billTo === undefined ? [] : ["billTo"]),
  ];
  return chatDescription(options, further, leftOut);
}
