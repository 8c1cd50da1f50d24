/** Knows whether any open call of a run waits for work whose time is not the code's. */
export class UntimedWork {
  readonly #tell: (inProgress: boolean) => void;
  /** How many works a call waits for, for the calls that wait for any. */
  readonly #works = new Map<number, number>();

  /** @param tell - Hears when the first work begins and when the last one is over. */
  constructor(tell: (inProgress: boolean) => void) {
    this.#tell = tell;
  }

  /** Counts the work until it settles, or the call is forgotten. Never rejects. */
  async add(call: number, work: Promise<unknown>): Promise<void> {
    this.#set(call, (this.#works.get(call) ?? 0) + 1);
    try {
      await work;
    } catch {
      // The host function that waits for it gets the error.
    }
    const works = this.#works.get(call);
    if (works !== undefined) this.#set(call, works - 1);
  }

  /** The call is over: what it still waits for does not count. */
  forget(call: number): void {
    if (this.#works.has(call)) this.#set(call, 0);
  }

  #set(call: number, works: number): void {
    const before = this.#works.size > 0;
    if (works > 0) this.#works.set(call, works);
    else this.#works.delete(call);
    const inProgress = this.#works.size > 0;
    if (inProgress !== before) this.#tell(inProgress);
  }
}
