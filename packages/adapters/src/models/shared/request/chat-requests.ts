import type { ModelRequest, ModelSupport } from "@smoltools/core";
import type { AnswerOptions } from "../answer/answer.ts";
import type { ThinkTags } from "../answer/think-splitter.ts";
import { capabilitiesOf } from "../capabilities.ts";
import type { ChatOptions } from "../chat-options.ts";
import { checkSupport } from "./check-support.ts";
import { type RequestBody, requestBody, type RequestDefaults } from "./request-body.ts";

/** A request in the protocol's form, and how its answer is to be read. */
export interface ChatRequest extends AnswerOptions {
  body: RequestBody;
}

/** Writes the requests of one model. */
export class ChatRequests {
  readonly #id: string;
  readonly #defaults: RequestDefaults;
  readonly #supports: ModelSupport;
  readonly #thinkTags: ThinkTags;

  /**
   * @param options - The model's options; later changes to them have no effect.
   * @param model - Its name in requests.
   */
  constructor(options: ChatOptions, model: string) {
    this.#id = options.model;
    this.#defaults = {
      model,
      parameters: structuredClone(options.parameters ?? {}),
      capabilities: { ...capabilitiesOf(options.model), ...options.capabilities },
      mergeMessages: options.mergeMessages ?? true,
    };
    this.#supports = { ...options.supports };
    this.#thinkTags = options.thinkTags ?? "auto";
  }

  /** @throws ModelError `MODEL_BAD_REQUEST` for what the model is known not to do. */
  prepare(request: ModelRequest): ChatRequest {
    checkSupport(request, this.#supports, this.#id);
    const { stop = [] } = request;
    return { body: requestBody(request, this.#defaults), stop, thinkTags: this.#thinkTags };
  }
}
