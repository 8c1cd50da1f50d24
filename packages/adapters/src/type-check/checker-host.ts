import { CheckerThread } from "./checker-thread.ts";

/** After so many failures without a success between them, nothing is checked for a while. */
const maxFailures = 3;
const pauseMs = 60_000;

/** The one thread that all conversations of a checker share: started on first use, ended when nobody needs it. */
export class CheckerHost {
  readonly #idleMs: number;
  #thread: CheckerThread | undefined;
  #users = 0;
  #failures = 0;
  #lastFailure = 0;
  #idleTimer: NodeJS.Timeout | undefined;

  /** @param idleMs - How long the thread waits for the next conversation before it is ended. */
  constructor(idleMs: number) {
    this.#idleMs = idleMs;
  }

  /** Keeps the thread until the hold is given back. */
  hold(): Disposable {
    clearTimeout(this.#idleTimer);
    this.#users += 1;
    return {
      [Symbol.dispose]: () => {
        this.#users -= 1;
        if (this.#users > 0) return;
        this.#idleTimer = setTimeout(() => this.#endThread(), this.#idleMs).unref();
      },
    };
  }

  /** The thread, started if there is none; `undefined` while the checker pauses because it failed too often. */
  thread(): CheckerThread | undefined {
    if (this.#failures >= maxFailures) {
      if (performance.now() - this.#lastFailure < pauseMs) return undefined;
      this.#failures = 0;
    }
    if (this.#thread?.alive) return this.#thread;
    this.#thread = undefined;
    try {
      this.#thread = new CheckerThread();
    } catch {
      // The machine has no room for another thread.
      this.#countFailure();
    }
    return this.#thread;
  }

  /** The thread did its work. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** The thread failed or took too long: it is ended, and the next use starts another one. */
  failed(thread: CheckerThread): void {
    thread.end();
    // Several conversations may notice the end of one thread.
    if (thread === this.#thread) {
      this.#thread = undefined;
      this.#countFailure();
    }
  }

  #countFailure(): void {
    this.#failures += 1;
    this.#lastFailure = performance.now();
  }

  #endThread(): void {
    if (this.#users > 0) return;
    this.#thread?.end();
    this.#thread = undefined;
  }
}
