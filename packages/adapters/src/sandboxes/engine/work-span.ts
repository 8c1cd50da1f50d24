/** Tells how long a guest has worked since it began, in milliseconds; waiting is no work. */
export type BusyMs = () => number | Promise<number>;

/** Measures how long a guest works from now on. */
export class WorkSpan {
  readonly #busyMs: BusyMs;
  #first: number | undefined;
  #workedMs = 0;
  #askedAt: number | undefined;
  #asking = false;

  constructor(busyMs: BusyMs) {
    this.#busyMs = busyMs;
  }

  /** Work that is known; a guest that does not say how busy it is, is busy. */
  get workedMs(): number {
    return this.#workedMs + (this.#askedAt === undefined ? 0 : performance.now() - this.#askedAt);
  }

  /** Asks how busy the guest is, unless that has been asked and not answered yet. Never rejects. */
  async measure(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    this.#askedAt ??= performance.now();
    try {
      const now = await this.#busyMs();
      this.#first ??= now;
      this.#workedMs = Math.max(this.#workedMs, now - this.#first);
      this.#askedAt = undefined;
    } catch {
      // A guest that cannot be measured counts as busy until it can.
    }
    this.#asking = false;
  }
}
