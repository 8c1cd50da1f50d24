import { Interruption, type InterruptionCause } from "./interruption.ts";

/** Lets a command decide what Ctrl-C does for a while. */
export interface InterruptTaker {
  /**
   * Calls a handler at Ctrl-C, instead of ending the command, until what it gives back is disposed of: for a
   * conversation, in which Ctrl-C ends an answer. The handler that was added last counts.
   */
  take(handler: () => void): Disposable;
}

/** What ends a command from outside: at first by its abort signal, then at once. */
export class Interrupts implements InterruptTaker {
  readonly #controller = new AbortController();
  readonly #handlers: (() => void)[] = [];

  /** Aborted by the first interruption that no handler took. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  take(handler: () => void): Disposable {
    this.#handlers.push(handler);
    return {
      [Symbol.dispose]: () => {
        const index = this.#handlers.indexOf(handler);
        if (index >= 0) this.#handlers.splice(index, 1);
      },
    };
  }

  /**
   * Passes an interruption on.
   *
   * @returns False when the command was told before: it is to end at once.
   */
  interrupt(by: InterruptionCause): boolean {
    const handler = by === "SIGINT" ? this.#handlers.at(-1) : undefined;
    if (handler) {
      handler();
      return true;
    }
    if (this.signal.aborted) return false;
    this.#controller.abort(new Interruption(by));
    return true;
  }
}
