import { AgentError } from "../agent-error.ts";
import type { AgentResult } from "../agent-result.ts";
import type { AgentEvent } from "../events.ts";

type Next = IteratorResult<AgentEvent, AgentResult | undefined>;

/**
 * The events of one run, and the way to end it.
 *
 * A plain async generator queues `return` behind the `next` that is pending, so a reader that leaves would wait for
 * the model or the code. This one aborts the run first: the pending `next` is done at once.
 */
export class RunStream implements AsyncGenerator<AgentEvent, AgentResult | undefined, undefined> {
  /** Aborted when the caller's signal is, and when the run is ended from here. */
  readonly signal: AbortSignal;
  readonly #abort = new AbortController();
  readonly #events: AsyncGenerator<AgentEvent, AgentResult, undefined>;
  /** The reader has left, or has been told the end. */
  #over = false;

  /**
   * @param work - The run. It must come to its end soon after `signal` is aborted.
   * @param signal - Signal of the caller.
   */
  constructor(
    work: (run: RunStream) => AsyncGenerator<AgentEvent, AgentResult, undefined>,
    signal: AbortSignal | undefined,
  ) {
    this.signal = signal ? AbortSignal.any([signal, this.#abort.signal]) : this.#abort.signal;
    this.#events = work(this);
  }

  async next(): Promise<Next> {
    try {
      const next: Next = await this.#events.next();
      if (this.#over) return { done: true, value: undefined };
      // Without a result the run was ended while the reader was busy: it is told now.
      if (next.done && !next.value) this.signal.throwIfAborted();
      this.#over = next.done ?? false;
      return next;
    } catch (error) {
      if (this.#over) return { done: true, value: undefined };
      this.#over = true;
      throw error;
    }
  }

  /** Ends the run. Resolves when nothing of it is in progress any more. */
  async return(value?: AgentResult | PromiseLike<AgentResult | undefined>): Promise<Next> {
    this.#over = true;
    await this.end(new AgentError("The reader of the events ended the run", { code: "AGENT_ABORTED" }));
    return { done: true, value: await value };
  }

  /** Ends the run with an error, and rejects with it. */
  async throw(error: unknown): Promise<Next> {
    this.#over = true;
    await this.end(error);
    throw error;
  }

  /** Aborts the run from inside: it ends with the reason as soon as it notices. */
  abort(reason: unknown): void {
    this.#abort.abort(reason);
  }

  /** Ends the run: its reader's `next`, pending or to come, rejects with the reason. */
  async end(reason: unknown): Promise<void> {
    this.#abort.abort(reason);
    try {
      await this.#events.throw(reason);
    } catch {
      // The run ends with an error, as it should; the reader is told by `next`.
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
