/** Ends a request when its caller does, or when nothing came for too long. */
export class Deadline implements Disposable {
  readonly #caller: AbortSignal;
  readonly #controller = new AbortController();
  readonly #onCallerAbort = (): void => this.#controller.abort(this.#caller.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param caller - The caller's signal. */
  constructor(caller: AbortSignal) {
    this.#caller = caller;
    if (caller.aborted) this.#onCallerAbort();
    else caller.addEventListener("abort", this.#onCallerAbort, { once: true });
  }

  /** Aborted with the caller's reason, or with what {@link arm} was given. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /**
   * Starts to wait, from now.
   *
   * @param ms - The longest wait in milliseconds; it replaces the one before. `Infinity` waits without end.
   * @param reason - Makes what the signal is aborted with.
   */
  arm(ms: number, reason: () => unknown): void {
    this.disarm();
    // Timers count no more than 2^31-1 ms, about 25 days: longer ones would fire at once.
    if (ms < 2 ** 31) this.#timer = setTimeout(() => this.#controller.abort(reason()), ms);
  }

  /** Ends the wait that {@link arm} began. */
  disarm(): void {
    clearTimeout(this.#timer);
  }

  [Symbol.dispose](): void {
    this.disarm();
    this.#caller.removeEventListener("abort", this.#onCallerAbort);
  }
}
