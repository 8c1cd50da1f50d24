/**
 * The time that a run has. It passes, except while the clock stands still.
 *
 * How long the clock stood still is in shared memory, so that the thread of the sandbox knows when a worker that does
 * not answer is late, whatever the two tell each other at that moment.
 */
export class RunClock {
  readonly #stoodStillMs: BigInt64Array;
  #deadline: number;
  #stoppedAt: number | undefined;
  #totalMs = 0;

  /** @param stoodStillMs - One shared integer, which is 0; see `EngineSetup`. */
  constructor(timeoutMs: number, stoodStillMs: BigInt64Array) {
    this.#deadline = performance.now() + timeoutMs;
    this.#stoodStillMs = stoodStillMs;
  }

  /** Lets the clock stand still, until {@link go}. */
  stop(): void {
    if (this.#stoppedAt !== undefined) return;
    this.#stoppedAt = performance.now();
    Atomics.store(this.#stoodStillMs, 0, -1n);
  }

  /**
   * Lets time pass again.
   *
   * @returns False when it passed already.
   */
  go(): boolean {
    if (this.#stoppedAt === undefined) return false;
    const stoodMs = performance.now() - this.#stoppedAt;
    this.#stoppedAt = undefined;
    this.#deadline += stoodMs;
    this.#totalMs += stoodMs;
    Atomics.store(this.#stoodStillMs, 0, BigInt(Math.ceil(this.#totalMs)));
    return true;
  }

  /** Time that is left; below 0 when the run is late. */
  get leftMs(): number {
    return this.#deadline - (this.#stoppedAt ?? performance.now());
  }
}
