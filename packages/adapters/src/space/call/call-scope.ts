/** What a call lasts: until its caller, its source, a clock or an error ends it. */
export class CallScope implements Disposable {
  readonly #controller = new AbortController();
  readonly #signals: readonly AbortSignal[];
  readonly #onAbort = (): void => this.fail(this.#signals.find(({ aborted }) => aborted)?.reason);
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #idleMs: number;
  readonly #onIdle: () => unknown;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param signals - Each of them ends the call with its reason.
   * @param limits - Longest time as a whole, and without {@link alive}, in milliseconds; and the errors for them.
   */
  constructor(
    signals: readonly AbortSignal[],
    limits: { timeoutMs: number; onTimeout: () => unknown; idleMs: number; onIdle: () => unknown },
  ) {
    this.#signals = signals;
    this.#idleMs = limits.idleMs;
    this.#onIdle = limits.onIdle;
    for (const signal of signals) signal.addEventListener("abort", this.#onAbort, { once: true });
    if (signals.some(({ aborted }) => aborted)) this.#onAbort();
    this.#timer = this.#after(limits.timeoutMs, limits.onTimeout);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends the call. */
  fail(error: unknown): void {
    this.#controller.abort(error);
  }

  /** Something came, or was sent: the wait for the next begins. */
  alive(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = this.#after(this.#idleMs, this.#onIdle);
  }

  /** Timers count no more than 2^31-1 ms, about 25 days: longer ones would fire at once. */
  #after(ms: number, error: () => unknown): ReturnType<typeof setTimeout> | undefined {
    return ms < 2 ** 31 ? setTimeout(() => this.fail(error()), ms) : undefined;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#idleTimer);
    for (const signal of this.#signals) signal.removeEventListener("abort", this.#onAbort);
    // What is still open for the call, a heartbeat say, ends with it.
    this.fail(new Error("The call is over."));
  }
}
