import type { CommandContext } from "../cli/command.ts";

/** While it lives, Ctrl-C ends a task and not the command. A second Ctrl-C is the command's again. */
export class TaskInterrupt implements Disposable {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #taken: Disposable;

  constructor(interrupts: CommandContext["interrupts"]) {
    this.signal = this.#controller.signal;
    this.#taken = interrupts.take(() => {
      if (!this.signal.aborted) return this.interrupt();
      this[Symbol.dispose]();
      process.kill(process.pid, "SIGINT");
    });
  }

  /** As Ctrl-C does it. */
  interrupt(): void {
    this.#controller.abort(new Error("The task was interrupted"));
  }

  [Symbol.dispose](): void {
    this.#taken[Symbol.dispose]();
  }
}
