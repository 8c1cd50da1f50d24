import { sleep } from "./sleep.ts";
import { untilAborted } from "./until-aborted.ts";

/** Spreads requests evenly over time, in the order in which they ask. */
export class RequestPacer {
  readonly #intervalMs: number;
  #nextStart = 0;
  #tail: Promise<void> = Promise.resolve();

  /** @param requestsPerMinute - Requests that may start in a minute. */
  constructor(requestsPerMinute: number) {
    this.#intervalMs = 60_000 / requestsPerMinute;
  }

  /**
   * Waits until the next request may start. One that is given up while it waits leaves its turn to the next.
   *
   * @param signal - Ends the wait: the promise then rejects with the signal's reason.
   */
  async turn(signal: AbortSignal): Promise<void> {
    const turn = this.#turnAfter(this.#tail, signal);
    this.#tail = turn.catch(() => undefined);
    await untilAborted(turn, signal);
  }

  async #turnAfter(before: Promise<void>, signal: AbortSignal): Promise<void> {
    await before;
    await sleep(this.#nextStart - performance.now(), signal);
    this.#nextStart = performance.now() + this.#intervalMs;
  }
}
