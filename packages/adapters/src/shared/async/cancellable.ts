/** Runs a generator under a signal of its own, which the caller's signal and the end of the iteration abort. */
class Cancellable<T> implements AsyncIterableIterator<T, void, undefined> {
  readonly #caller: AbortSignal | undefined;
  readonly #controller = new AbortController();
  readonly #inner: AsyncGenerator<T, void, undefined>;
  readonly #closed = new Error("The iteration was ended.");
  readonly #onCallerAbort = (): void => this.#controller.abort(this.#caller?.reason);

  constructor(caller: AbortSignal | undefined, start: (signal: AbortSignal) => AsyncGenerator<T, void, undefined>) {
    this.#caller = caller;
    this.#inner = start(this.#controller.signal);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, void>> {
    // Listening begins with the iteration: what is never iterated leaves nothing behind on the caller's signal.
    if (this.#caller?.aborted) this.#onCallerAbort();
    else this.#caller?.addEventListener("abort", this.#onCallerAbort, { once: true });
    try {
      const result = await this.#inner.next();
      if (result.done) this.#detach();
      return result;
    } catch (error) {
      this.#detach();
      if (error === this.#closed) return { done: true, value: undefined };
      throw error;
    }
  }

  async return(): Promise<IteratorResult<T, void>> {
    this.#detach();
    this.#controller.abort(this.#closed);
    return this.#inner.return();
  }

  #detach(): void {
    this.#caller?.removeEventListener("abort", this.#onCallerAbort);
  }
}

/**
 * Makes a generator's work end when its reader leaves, also while the next item is still being waited for: a plain
 * generator would first finish that wait.
 *
 * @param caller - Ends the work: the iteration then rejects with the signal's reason.
 * @param start - Makes the generator; the signal it is given tells it to end.
 */
export function cancellable<T>(
  caller: AbortSignal | undefined,
  start: (signal: AbortSignal) => AsyncGenerator<T, void, undefined>,
): AsyncIterableIterator<T, void, undefined> {
  return new Cancellable(caller, start);
}
