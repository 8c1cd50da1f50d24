/**
 * Counts the requests of each asker that run at the same time, until their answers are read: who asks much and reads
 * slowly fills their own places, and not those of everybody.
 */
export class RunningRequests {
  readonly #running = new Map<string, number>();
  readonly #most: number;

  /** @param most - Most requests of one asker at the same time. */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Takes a place; disposing the result gives it back.
   *
   * @returns `undefined` when all places of the asker are taken.
   */
  enter(asker: string): Disposable | undefined {
    const running = this.#running.get(asker) ?? 0;
    if (running >= this.#most) return undefined;
    this.#running.set(asker, running + 1);
    let left = false;
    return {
      [Symbol.dispose]: () => {
        if (left) return;
        left = true;
        const now = (this.#running.get(asker) ?? 1) - 1;
        if (now === 0) this.#running.delete(asker);
        else this.#running.set(asker, now);
      },
    };
  }
}
