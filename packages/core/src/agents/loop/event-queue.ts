/**
 * Lets callbacks feed an async generator: they push while the generator waits for the work that calls them.
 *
 * @example
 * const queue = new EventQueue<Event>();
 * const result = yield* queue.drain(work({ onEvent: (event) => queue.push(event) }));
 */
export class EventQueue<Event> {
  readonly #events: Event[] = [];
  #wake: (() => void) | undefined;

  push(event: Event): void {
    this.#events.push(event);
    this.#wake?.();
  }

  /** Yields the events that are pushed until the work is done, then returns its result or throws its error. */
  async *drain<Result>(work: Promise<Result>): AsyncGenerator<Event, Result, undefined> {
    const state = { done: false };
    const settled = Promise.allSettled([work]).finally(() => {
      state.done = true;
      this.#wake?.();
    });
    while (!state.done || this.#events.length > 0) {
      const event = this.#events.shift();
      if (event === undefined) {
        await Promise.race([settled, new Promise<void>((resolve) => (this.#wake = resolve))]);
      } else yield event;
    }
    return work;
  }
}
