import type { ModelDelta, ModelRequest } from "@smoltools/core";
import { cancellable } from "../../../shared/async/cancellable.ts";
import { Deadline } from "../../../shared/async/deadline.ts";
import { RequestPacer } from "../../../shared/async/request-pacer.ts";
import type { Answer } from "../answer/answer.ts";
import type { ChatOptions } from "../chat-options.ts";
import { invalidOption } from "../errors/model-options-error.ts";
import { limitsOf, type ModelLimits } from "../limits.ts";
import { type ChatRequest, ChatRequests } from "../request/chat-requests.ts";
import { withPlainRoots } from "../request/plain-roots.ts";
import { waitToRetry } from "./wait-to-retry.ts";

/** One call, as it is tried once or several times. */
export interface ChatCall extends ChatRequest {
  limits: ModelLimits;
  fetch: typeof fetch;
}

/**
 * Makes one attempt: sends the request.
 *
 * @param deadline - Ends it; to be armed for the first byte of the answer.
 * @returns The answer, of which nothing has been read.
 * @throws ModelError; Retryable when a further attempt may help; what the deadline was aborted with.
 */
export type OpenAnswer = (call: ChatCall, deadline: Deadline) => Promise<Answer>;

/**
 * The calls of one model: kept to its pace, tried again where that may help, ended with their reader. They share
 * nothing but the pace.
 */
export class ChatCalls {
  readonly #requests: ChatRequests;
  readonly #limits: ModelLimits;
  readonly #fetch: typeof fetch;
  readonly #pacer: RequestPacer | undefined;

  /**
   * @param options - The model's options; later changes to them have no effect.
   * @param model - Its name in requests.
   * @throws ModelOptionsError for limits that cannot work.
   */
  constructor(options: ChatOptions, model: string = options.model) {
    this.#requests = new ChatRequests(options, model);
    this.#limits = limitsOf(options);
    this.#fetch = options.fetch ?? ((...args) => fetch(...args));
    this.#pacer = pacerOf(options.requestsPerMinute);
  }

  /**
   * Makes a call. Nothing is done before the iteration begins.
   *
   * @param caller - Ends the call.
   */
  stream(
    request: ModelRequest,
    caller: AbortSignal | undefined,
    open: OpenAnswer,
  ): AsyncIterableIterator<ModelDelta, void, undefined> {
    const plain = withPlainRoots(request);
    return plain.decoded(cancellable(caller, (signal) => this.#deltas(plain.request, open, signal)));
  }

  async *#deltas(
    request: ModelRequest,
    open: OpenAnswer,
    signal: AbortSignal,
  ): AsyncGenerator<ModelDelta, void, undefined> {
    signal.throwIfAborted();
    const call = { ...this.#requests.prepare(request), limits: this.#limits, fetch: this.#fetch };
    const answer = await this.#opened(() => firstDeltas(call, open, signal), signal);
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

  async #opened(attemptOne: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      await this.#pacer?.turn(signal);
      try {
        return await attemptOne();
      } catch (error) {
        await waitToRetry(error, attempt, this.#limits, signal);
      }
    }
  }
}

/** Makes an attempt, and waits for the first deltas of its answer. */
async function firstDeltas(call: ChatCall, open: OpenAnswer, signal: AbortSignal): Promise<Answer> {
  const deadline = new Deadline(signal);
  let answer: Answer | undefined;
  try {
    answer = await open(call, deadline);
    await answer.begin();
    return answer;
  } catch (error) {
    await answer?.close();
    deadline[Symbol.dispose]();
    signal.throwIfAborted();
    throw error;
  }
}

function pacerOf(requestsPerMinute: number | undefined): RequestPacer | undefined {
  if (requestsPerMinute === undefined) return undefined;
  if (!(requestsPerMinute > 0)) throw invalidOption("requestsPerMinute", "requestsPerMinute must be above 0.");
  return new RequestPacer(requestsPerMinute);
}
