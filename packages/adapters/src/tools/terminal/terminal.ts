import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/** Characters that move the cursor or change the screen: a question must not pretend to be something else. */
const controls = /[^\P{Cc}\n\t]|\p{Bidi_Control}/gu;

/** Asks questions on a terminal, one after another. Lines that come before they are asked for are kept. */
export class Terminal {
  readonly #input: Readable;
  readonly #output: Writable;
  readonly #lines: string[] = [];
  #reader: Interface | undefined;
  #isAtEnd = false;
  /** Tells whoever waits for a line that one came, or that none will. */
  #wake: (() => void) | undefined;
  /** Settled when all questions before are answered. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(input: Readable, output: Writable) {
    this.#input = input;
    this.#output = output;
  }

  /**
   * @throws The signal's reason when it is aborted; an Error when the input is at its end.
   */
  async ask(question: string, { signal }: { signal: AbortSignal }): Promise<string> {
    const answer = this.#tail.then(() => this.#askNow(question, signal));
    this.#tail = answer.catch(() => undefined);
    return answer;
  }

  async #askNow(question: string, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    this.#output.write(`${question.replace(controls, "")}\n> `);
    const reader = this.#open();
    // A paused input does not keep the program alive.
    if (!this.#isAtEnd) reader.resume();
    const onAbort = (): void => this.#wake?.();
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      while (this.#lines.length === 0 && !this.#isAtEnd && !signal.aborted) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
      if (signal.aborted) this.#output.write("\n");
      signal.throwIfAborted();
      const line = this.#lines.shift();
      if (line === undefined) throw new Error("nobody can answer: the input is at its end");
      return line;
    } finally {
      signal.removeEventListener("abort", onAbort);
      this.#wake = undefined;
      if (!this.#isAtEnd) reader.pause();
    }
  }

  #open(): Interface {
    if (this.#reader) return this.#reader;
    const reader = createInterface({ input: this.#input, terminal: false });
    this.#reader = reader;
    reader.on("line", (line) => {
      this.#lines.push(line);
      this.#wake?.();
    });
    const onEnd = (): void => {
      this.#isAtEnd = true;
      this.#wake?.();
    };
    reader.on("close", onEnd);
    reader.on("error", onEnd);
    this.#input.on("error", onEnd);
    return reader;
  }
}

let shared: Terminal | undefined;

/** The terminal of this process: one for all tools, because there is one input. */
export function processTerminal(): Terminal {
  shared ??= new Terminal(process.stdin, process.stderr);
  return shared;
}
