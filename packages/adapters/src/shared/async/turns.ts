import { untilAborted } from "./until-aborted.ts";

/** Lets callers do their work one after another, in the order in which they came. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /**
   * Waits for one's turn. It lasts until the result is disposed of.
   *
   * @param signal - Ends the wait: the promise then rejects with the signal's reason, and the turn is given up.
   */
  async take(signal: AbortSignal): Promise<Disposable> {
    const before = this.#last;
    let end = (): void => undefined;
    this.#last = new Promise<void>((resolve) => {
      end = resolve;
    });
    try {
      await untilAborted(before, signal);
    } catch (error) {
      // Those behind wait for the turn before this one all the same.
      void before.then(end);
      throw error;
    }
    return { [Symbol.dispose]: end };
  }
}
