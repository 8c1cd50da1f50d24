import { errorMessage, type HostFunction, type SandboxLimits } from "@smoltools/core";
import { encodeJson, NotEncodable } from "./encode-json.ts";
import { type CallAnswer, type CallRequest, fetchCall } from "./engine.ts";
import { parseJson } from "./parse-json.ts";
import { UntimedWork } from "./untimed-work.ts";

/** Longest message of a host's error that the code gets to see, in characters. */
const maxMessage = 4000;

/** Arguments of so many characters are read in a turn of their own. */
const largeLength = 256 * 1024;

/** What the engine is told of the calls it made. */
export interface CallListener {
  settle(answers: readonly CallAnswer[]): void;
  /** Untimed work of the calls has begun, or all of it is over. */
  setUntimed(inProgress: boolean): void;
}

/** Performs the calls that the code of one run makes. */
export class HostCalls {
  readonly #functions: ReadonlyMap<string, HostFunction>;
  readonly #limits: SandboxLimits;
  readonly #listener: CallListener;
  #unsent: CallAnswer[] = [];
  readonly #open = new Map<number, AbortController>();
  readonly #untimed: UntimedWork;
  /** The turn of the last call that waits for one of its own, and how many do. */
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(functions: ReadonlyMap<string, HostFunction>, limits: SandboxLimits, listener: CallListener) {
    this.#functions = functions;
    this.#limits = limits;
    this.#listener = listener;
    this.#untimed = new UntimedWork((inProgress) => listener.setUntimed(inProgress));
  }

  /** Performs a call and answers it, unless it is cancelled before. Never throws. */
  async perform({ id, name, args, undefinedAt }: CallRequest): Promise<void> {
    const controller = new AbortController();
    this.#open.set(id, controller);
    // A guest that breaks the rules gives a call up and uses its id for another one.
    const isOpen = (): boolean => this.#open.get(id) === controller;
    let ok = true;
    let json: string | undefined;
    try {
      const work = this.#functions.get(name);
      if (!work) throw new Error(`the host has no function ${name}`);
      if (args.length >= largeLength || this.#waiting > 0) await this.#ownTurn();
      // Nobody waits for it any more.
      if (!isOpen()) return;
      const result = await work(argumentList(args, undefinedAt), {
        signal: controller.signal,
        untimed: (waiting) => {
          if (isOpen()) void this.#untimed.add(id, waiting);
          return waiting;
        },
      });
      json = encodeJson(
        result,
        `the result of ${name === fetchCall ? "fetch" : name}`,
        this.#limits.maxDepth,
        this.#limits.maxResultBytes,
      );
    } catch (error) {
      ok = false;
      json = JSON.stringify(describe(error));
    }
    if (isOpen() && this.#close(id)) this.#answer({ id, ok, ...(json !== undefined && { json }) });
  }

  /** Ends a call that nobody waits for any more. */
  cancel(id: number, reason: unknown): void {
    const controller = this.#open.get(id);
    if (this.#close(id)) controller?.abort(reason);
  }

  /** Ends all calls that are still open: the run is over. */
  end(reason?: unknown): void {
    this.#unsent = [];
    if (this.#open.size === 0) return;
    const why = reason ?? new DOMException("the run that made this call is over", "AbortError");
    for (const id of this.#open.keys()) this.cancel(id, why);
  }

  /** One after another, with everything else that the process does in between: large arguments take long to read. */
  async #ownTurn(): Promise<void> {
    this.#waiting += 1;
    this.#turn = this.#turn.then(() => new Promise((resolve) => void setImmediate(resolve)));
    await this.#turn;
    this.#waiting -= 1;
  }

  #close(id: number): boolean {
    this.#untimed.forget(id);
    return this.#open.delete(id);
  }

  /** Answers that come together are sent together. */
  #answer(answer: CallAnswer): void {
    if (this.#unsent.push(answer) > 1) return;
    queueMicrotask(() => {
      if (this.#unsent.length > 0) this.#listener.settle(this.#unsent);
      this.#unsent = [];
    });
  }
}

function argumentList(json: string, undefinedAt: string | undefined): unknown[] {
  const values = parseJson(json);
  if (!Array.isArray(values)) throw new TypeError("the arguments are no list");
  for (const index of undefinedAt?.split(",") ?? []) if (Number(index) in values) values[Number(index)] = undefined;
  return values;
}

/** What of an error may reach the code: its name and message, cut to a sane length. */
function describe(error: unknown): { name: string; message: string; limit?: string } {
  const full = errorMessage(error);
  const message = full.length > maxMessage ? `${full.slice(0, maxMessage).toWellFormed()}… (cut)` : full;
  if (error instanceof NotEncodable) return { name: "TypeError", message, ...(error.limit && { limit: error.limit }) };
  const name = error instanceof Error && /^\w{1,64}$/.test(error.name) ? error.name : "Error";
  return { name, message };
}
