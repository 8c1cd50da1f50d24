import { messageText } from "../messages/message.ts";
import type { Model, ModelCallOptions, ModelDelta, ModelRequest } from "../model/model.ts";
import type { TokenUsage } from "../messages/token-usage.ts";

/** A native tool call of a {@link ScriptedModel}: `id` is `call_1` and so on where it is left out. */
export interface ScriptedCall {
  name: string;
  input: unknown;
  id?: string;
}

/**
 * What a {@link ScriptedModel} answers at one call: a text, native tool calls, deltas as they are, an error to throw, or a
 * function of the request.
 */
export type ScriptedReply =
  | ScriptedAnswer
  | Error
  | ((request: ModelRequest) => ScriptedAnswer | Promise<ScriptedAnswer>);

/** An answer of a {@link ScriptedModel}, see {@link ScriptedReply}. */
export type ScriptedAnswer =
  | string
  | { text: string; usage?: TokenUsage }
  | { calls: readonly ScriptedCall[]; text?: string; usage?: TokenUsage }
  | readonly ModelDelta[];

/**
 * A model that answers from a script, for tests and demonstrations without a language model.
 *
 * A call beyond the script throws; {@link assertDone} throws when calls are missing. So a test that passes has seen
 * exactly the calls that it wrote down.
 *
 * An answer tells its tokens only where the script gives its `usage`: nothing was counted, and a made-up number would
 * pass for one that was. Budgets of tokens estimate them, as for every provider that tells none.
 */
export class ScriptedModel implements Model {
  readonly id: string;
  readonly provider = "scripted";
  /** The requests that came, in order. */
  readonly requests: ModelRequest[] = [];
  readonly #script: readonly ScriptedReply[];

  constructor(script: readonly ScriptedReply[], id = "scripted-model") {
    if (!Array.isArray(script)) throw new TypeError("ScriptedModel: the script is a list of replies");
    this.#script = script;
    this.id = id;
  }

  async *stream(request: ModelRequest, { signal }: ModelCallOptions = {}): AsyncGenerator<ModelDelta, void, undefined> {
    signal?.throwIfAborted();
    const reply = this.#script[this.requests.length];
    this.requests.push({ ...request, messages: structuredClone(request.messages) });
    if (reply === undefined) {
      const last = request.messages.at(-1);
      throw new Error(
        `ScriptedModel: call ${this.requests.length} is not in the script of ${this.#script.length}. ` +
          `Last message: ${last ? messageText(last).slice(0, 500) : "none"}`,
      );
    }
    for (const delta of await unlessAborted(deltasOf(reply, request), signal)) {
      signal?.throwIfAborted();
      yield delta;
    }
  }

  /** Throws when the script holds replies that nobody asked for. */
  assertDone(): void {
    const left = this.#script.length - this.requests.length;
    if (left > 0) throw new Error(`ScriptedModel: ${left} of ${this.#script.length} replies were not asked for`);
  }
}

/** A reply that takes its time ends with the call, as a real model's does. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", onAbort, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

async function deltasOf(reply: ScriptedReply, request: ModelRequest): Promise<readonly ModelDelta[]> {
  if (reply instanceof Error) throw reply;
  const answer = typeof reply === "function" ? await reply(request) : reply;
  if (isDeltas(answer)) return answer;
  const {
    text = "",
    usage,
    calls,
  } = typeof answer === "string" ? plainAnswer(answer) : { ...plainAnswer(""), ...answer };
  return [
    ...textDeltas(text),
    ...calls.map(callDelta),
    ...(usage ? [{ type: "usage", usage } as const] : []),
    { type: "finish", reason: calls.length > 0 ? "tool-calls" : "stop" } as const,
  ];
}

interface Answer {
  text: string;
  usage: TokenUsage | undefined;
  calls: readonly ScriptedCall[];
}

const plainAnswer = (text: string): Answer => ({ text, usage: undefined, calls: [] });

function callDelta({ id, name, input }: ScriptedCall, index: number): ModelDelta {
  return { type: "tool-call", index, id: id ?? `call_${index + 1}`, name, arguments: JSON.stringify(input) };
}

function isDeltas(answer: ScriptedAnswer): answer is readonly ModelDelta[] {
  return Array.isArray(answer);
}

/** A text in a few pieces, as real models send it. */
function textDeltas(text: string): ModelDelta[] {
  const pieces = text.match(/[\s\S]{1,16}/g) ?? [];
  return pieces.map((piece) => ({ type: "text", text: piece }));
}
