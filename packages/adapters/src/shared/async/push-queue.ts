/**
 * What a library calls back with, for a reader that asks for it.
 *
 * It holds whatever was pushed and not read yet; the source must be one that ends.
 */
export class PushQueue<T> {
  readonly #items: T[] = [];
  #wake: () => void = () => undefined;
  #ended = false;
  #failure: { error: unknown } | undefined;

  push(item: T): void {
    this.#items.push(item);
    this.#wake();
  }

  /** No more will come. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** No more will come, because of an error, which the reader gets after the items before it. */
  fail(error: unknown): void {
    this.#failure = { error };
    this.end();
  }

  /**
   * Reads what is pushed, to its end. For one reader.
   *
   * @param signal - Ends the reading at once, whatever the source does: it then throws the signal's reason.
   * @throws What {@link fail} was given.
   */
  async *read(signal: AbortSignal): AsyncGenerator<T, void, undefined> {
    const wake = (): void => this.#wake();
    signal.addEventListener("abort", wake);
    try {
      for (;;) {
        signal.throwIfAborted();
        const item = this.#items.shift();
        if (item !== undefined) {
          yield item;
        } else if (this.#failure) {
          throw this.#failure.error;
        } else if (this.#ended) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      signal.removeEventListener("abort", wake);
    }
  }
}
