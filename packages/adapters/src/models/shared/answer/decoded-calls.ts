import type { ModelDelta } from "@smoltools/core";

type Deltas = AsyncIterableIterator<ModelDelta, void, undefined>;

/** A call whose arguments are held back until all of them are there. */
interface Call {
  name: string;
  arguments: string;
}

/**
 * An answer in which the arguments of some tools' calls are decoded: they come in one piece, at the end. An iterator
 * written out: whoever closes it does not wait for the next delta.
 */
export class DecodedCalls implements Deltas {
  readonly #deltas: Deltas;
  readonly #decoders: ReadonlyMap<string, (args: unknown) => unknown>;
  readonly #calls = new Map<number, Call>();
  #waiting: ModelDelta[] = [];

  /** @param decoders - By the names of the tools. */
  constructor(deltas: Deltas, decoders: ReadonlyMap<string, (args: unknown) => unknown>) {
    this.#deltas = deltas;
    this.#decoders = decoders;
  }

  [Symbol.asyncIterator](): Deltas {
    return this;
  }

  async next(): Promise<IteratorResult<ModelDelta, void>> {
    for (;;) {
      const waiting = this.#waiting.shift();
      if (waiting) return { done: false, value: waiting };
      const { done, value } = await this.#deltas.next();
      this.#waiting = done === true ? this.#completed() : this.#taken(value);
      if (done === true && this.#waiting.length === 0) return { done: true, value: undefined };
    }
  }

  async return(): Promise<IteratorResult<ModelDelta, void>> {
    this.#calls.clear();
    this.#waiting = [];
    await this.#deltas.return?.();
    return { done: true, value: undefined };
  }

  #taken(delta: ModelDelta): ModelDelta[] {
    if (delta.type === "finish") return [...this.#completed(), delta];
    if (delta.type !== "tool-call") return [delta];
    const call = this.#calls.get(delta.index) ?? { name: "", arguments: "" };
    this.#calls.set(delta.index, call);
    call.name += delta.name ?? "";
    const { arguments: piece = "", ...rest } = delta;
    const isNews = rest.id !== undefined || rest.name !== undefined;
    call.arguments += piece;
    if (this.#decoders.has(call.name) || call.name === "") return isNews ? [rest] : [];
    const { arguments: held } = call;
    call.arguments = "";
    return [held === "" ? rest : { ...rest, arguments: held }];
  }

  /** The arguments that were held back. Those that are not JSON stay as they are, so that the model sees its mistake. */
  #completed(): ModelDelta[] {
    const held = [...this.#calls].filter(([, call]) => call.arguments !== "");
    this.#calls.clear();
    return held.map(([index, call]) => {
      const decoded = this.#decoders.get(call.name)?.(call.arguments) ?? call.arguments;
      const written = typeof decoded === "string" ? decoded : JSON.stringify(decoded);
      return { type: "tool-call", index, arguments: written };
    });
  }
}
