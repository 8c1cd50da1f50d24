/** Timers count no further, about 25 days. */
const longestMs = 2 ** 31 - 1;

/** The limits of {@link OpenCall}, and the errors for those that are reached. */
export interface OpenCallLimits {
  callTimeoutMs: number;
  idleTimeoutMs: number;
  timeout: (which: "callTimeoutMs" | "idleTimeoutMs") => Error;
}

/** One call while it is open: ended by its caller, by the end of the source, or because it takes too long. */
export class OpenCall implements Disposable {
  readonly #caller: AbortSignal | undefined;
  readonly #controller = new AbortController();
  readonly #limits: OpenCallLimits;
  readonly #total: ReturnType<typeof setTimeout> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  readonly #onAbort = (): void => this.#controller.abort(this.#caller?.reason);

  constructor(caller: AbortSignal | undefined, limits: OpenCallLimits) {
    this.#caller = caller;
    this.#limits = limits;
    if (caller?.aborted) this.#onAbort();
    else caller?.addEventListener("abort", this.#onAbort, { once: true });
    this.#total = this.#timer("callTimeoutMs");
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** There was a sign of life: the time without one begins anew. */
  touch(): void {
    clearTimeout(this.#idle);
    this.#idle = this.#timer("idleTimeoutMs");
  }

  end(reason: Error): void {
    this.#controller.abort(reason);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#total);
    this.#caller?.removeEventListener("abort", this.#onAbort);
  }

  #timer(which: "callTimeoutMs" | "idleTimeoutMs"): ReturnType<typeof setTimeout> | undefined {
    const ms = this.#limits[which];
    return ms > longestMs ? undefined : setTimeout(() => this.#controller.abort(this.#limits.timeout(which)), ms);
  }
}
