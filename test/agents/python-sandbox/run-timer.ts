/** Calls back when so much time has passed, not counting the time in which it is paused. */
export class RunTimer implements Disposable {
  readonly #onTimeout: () => void;
  #leftMs: number;
  #startedAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number, onTimeout: () => void) {
    this.#leftMs = timeoutMs;
    this.#onTimeout = onTimeout;
    this.resume();
  }

  /** Pausing twice does nothing. */
  pause(): void {
    if (this.#timer === undefined) return;
    this[Symbol.dispose]();
    this.#leftMs -= performance.now() - this.#startedAt;
  }

  resume(): void {
    if (this.#timer !== undefined) return;
    this.#startedAt = performance.now();
    this.#timer = setTimeout(this.#onTimeout, this.#leftMs);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
