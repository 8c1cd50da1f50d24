/** Timers count no further, about 25 days. */
const longestMs = 2 ** 31 - 1;

/** The limits of {@link OpenCall}, and the errors for those that are reached. */
export interface OpenCallLimits {
  callTimeoutMs: number;
  idleTimeoutMs: number;
  timeout: (which: "callTimeoutMs" | "idleTimeoutMs") => Error;
  /** Stops the clock of whoever calls, see `ToolContext`. */
  untimed?: (<Result>(work: Promise<Result>) => Promise<Result>) | undefined;
}

/** One call while it is open: ended by its caller, by the end of the source, or because it takes too long. */
export class OpenCall implements Disposable {
  readonly #caller: AbortSignal | undefined;
  readonly #controller = new AbortController();
  readonly #limits: OpenCallLimits;
  #total: ReturnType<typeof setTimeout> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  /** What is left of the whole time, and since when it is counted. */
  #leftMs: number;
  #since = performance.now();
  /** How many answers are waited for. */
  #held = 0;
  #isAsking = false;
  #isOver = false;
  readonly #onAbort = (): void => this.#controller.abort(this.#caller?.reason);

  constructor(caller: AbortSignal | undefined, limits: OpenCallLimits) {
    this.#caller = caller;
    this.#limits = limits;
    this.#leftMs = limits.callTimeoutMs;
    if (caller?.aborted) this.#onAbort();
    else caller?.addEventListener("abort", this.#onAbort, { once: true });
    this.#total = this.#timer("callTimeoutMs", this.#leftMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** There was a sign of life: the time without one begins anew. */
  touch(): void {
    this.#isAsking = true;
    clearTimeout(this.#idle);
    if (this.#held === 0) this.#idle = this.#timer("idleTimeoutMs", this.#limits.idleTimeoutMs);
  }

  /** Stops the clocks until somebody, a person perhaps, has answered. */
  hold(answering: Promise<unknown>): void {
    if (this.#held++ === 0) {
      this.#leftMs -= performance.now() - this.#since;
      clearTimeout(this.#total);
      clearTimeout(this.#idle);
    }
    const release = (): void => {
      if (--this.#held > 0 || this.#isOver) return;
      this.#since = performance.now();
      this.#total = this.#timer("callTimeoutMs", Math.max(0, this.#leftMs));
      if (this.#isAsking) this.touch();
    };
    const work = this.#limits.untimed?.(answering) ?? answering;
    work.then(release, release);
  }

  end(reason: Error): void {
    this.#controller.abort(reason);
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    clearTimeout(this.#idle);
    clearTimeout(this.#total);
    this.#caller?.removeEventListener("abort", this.#onAbort);
  }

  #timer(which: "callTimeoutMs" | "idleTimeoutMs", ms: number): ReturnType<typeof setTimeout> | undefined {
    return ms > longestMs ? undefined : setTimeout(() => this.#controller.abort(this.#limits.timeout(which)), ms);
  }
}
