import { type ModelDelta, ModelError } from "@smoltools/core";
import { cancellable } from "../../../shared/async/cancellable.ts";
import { PushQueue } from "../../../shared/async/push-queue.ts";
import { Turns } from "../../../shared/async/turns.ts";
import { untilAborted } from "../../../shared/async/until-aborted.ts";
import { Deadline } from "../../../shared/async/deadline.ts";

/** Takes the deltas of an answer as they come. */
export type Emit = (delta: ModelDelta) => void;

/** What a model in this process needs for one call. */
export interface LocalCall<Engine> {
  /** Gives what the model runs in. It goes on for other calls when this one is aborted. */
  load: () => Promise<Engine>;
  /** Makes the answer. It must end soon after the signal is aborted; no other call begins before. */
  answer: (engine: Engine, emit: Emit, signal: AbortSignal) => Promise<void>;
}

/**
 * The calls of a model that runs in this process: one after another, each within its time, ended with their reader.
 *
 * A call that is aborted rejects at once, while the library may still compute its last token: the next call waits.
 */
export class LocalCalls {
  readonly #model: string;
  readonly #timeoutMs: number;
  readonly #turns = new Turns();
  readonly #end = new AbortController();

  /**
   * @param model - The model's name.
   * @param timeoutMs - Longest time of one answer, from its turn on.
   */
  constructor(model: string, timeoutMs: number) {
    this.#model = model;
    this.#timeoutMs = timeoutMs;
  }

  /** Makes a call. Nothing is done before the iteration begins. */
  stream<Engine>(
    caller: AbortSignal | undefined,
    call: LocalCall<Engine>,
  ): AsyncIterableIterator<ModelDelta, void, undefined> {
    return cancellable(caller, (own) => this.#deltas(call, AbortSignal.any([own, this.#end.signal])));
  }

  /** Ends the call that is being answered, refuses those behind it and all later ones, and waits until none runs. */
  async end(): Promise<void> {
    const message = `The model ${this.#model} was disposed of. Make a new one.`;
    this.#end.abort(new ModelError(message, { code: "MODEL_UNAVAILABLE" }));
    (await this.#turns.take(new AbortController().signal))[Symbol.dispose]();
  }

  async *#deltas<Engine>(
    { load, answer }: LocalCall<Engine>,
    signal: AbortSignal,
  ): AsyncGenerator<ModelDelta, void, undefined> {
    signal.throwIfAborted();
    const engine = await untilAborted(load(), signal);
    const turn = await this.#turns.take(signal);
    const deadline = new Deadline(signal);
    deadline.arm(this.#timeoutMs, () => this.#timedOut());
    const queue = new PushQueue<ModelDelta>();
    void answer(engine, (delta) => queue.push(delta), deadline.signal)
      .then(
        () => queue.end(),
        (error: unknown) => queue.fail(error),
      )
      .finally(() => {
        // The turn ends with the model's work, also for a reader that never comes back.
        deadline[Symbol.dispose]();
        turn[Symbol.dispose]();
      });
    for await (const delta of queue.read(deadline.signal)) {
      signal.throwIfAborted();
      yield delta;
    }
  }

  #timedOut(): ModelError {
    const message = `${this.#model} did not end its answer within ${this.#timeoutMs} ms.`;
    return new ModelError(`${message} Raise timeoutMs, or lower maxTokens.`, { code: "MODEL_TIMEOUT" });
  }
}
