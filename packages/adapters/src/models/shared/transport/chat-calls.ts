import type { ModelDelta } from "@smoltools/core";
import type { Answer } from "../answer/answer.ts";
import type { ChatOptions } from "../chat-options.ts";
import { invalidOption } from "../errors/model-options-error.ts";
import { limitsOf, type ModelLimits } from "../limits.ts";
import { cancellable } from "../../../shared/cancellable.ts";
import { sleep } from "../../../shared/sleep.ts";
import { RequestPacer } from "../../../shared/request-pacer.ts";
import { retryDelayMs } from "./retry-delay.ts";
import { Retryable } from "./retryable.ts";

/**
 * The calls of one model: kept to its pace, tried again where that may help, ended with their reader. They share
 * nothing but the pace.
 */
export class ChatCalls {
  readonly limits: ModelLimits;
  readonly #pacer: RequestPacer | undefined;

  /** @throws ModelOptionsError for limits that are none. */
  constructor(options: ChatOptions) {
    this.limits = limitsOf(options);
    this.#pacer = pacerOf(options.requestsPerMinute);
  }

  /**
   * Makes a call. Nothing is done before the iteration begins.
   *
   * @param caller - Ends the call.
   * @param open - Makes one attempt: sends the request and reads up to the first deltas of its answer.
   */
  stream(
    caller: AbortSignal | undefined,
    open: (signal: AbortSignal) => Promise<Answer>,
  ): AsyncIterableIterator<ModelDelta, void, undefined> {
    return cancellable(caller, (signal) => this.#deltas(open, signal));
  }

  async *#deltas(
    open: (signal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal,
  ): AsyncGenerator<ModelDelta, void, undefined> {
    signal.throwIfAborted();
    const answer = await this.#opened(open, signal);
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

  async #opened(open: (signal: AbortSignal) => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    const { retries, maxRetryDelayMs: maxDelayMs } = this.limits;
    for (let attempt = 1; ; attempt++) {
      await this.#pacer?.turn(signal);
      try {
        return await open(signal);
      } catch (error) {
        if (!(error instanceof Retryable)) throw error;
        if (attempt > retries) throw error.giveUp(attempt);
        const { retryAfterMs } = error;
        const rateLimited = error.error.code === "MODEL_RATE_LIMITED";
        await sleep(retryDelayMs({ attempt, rateLimited, retryAfterMs, maxDelayMs }), signal);
      }
    }
  }
}

function pacerOf(requestsPerMinute: number | undefined): RequestPacer | undefined {
  if (requestsPerMinute === undefined) return undefined;
  if (!(requestsPerMinute > 0)) throw invalidOption("requestsPerMinute", "requestsPerMinute must be above 0.");
  return new RequestPacer(requestsPerMinute);
}
