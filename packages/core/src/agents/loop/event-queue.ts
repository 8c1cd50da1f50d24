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
    const end = (): void => {
      state.done = true;
      this.#wake?.();
    };
    // Once, and not again for each event: a promise that is pending keeps all its reactions.
    void work.then(end, end);
    while (!state.done || this.#events.length > 0) {
      if (this.#events.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
      yield* this.#events.splice(0);
    }
    return work;
  }
}
