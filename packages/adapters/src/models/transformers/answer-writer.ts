import type { ModelDelta } from "@smoltools/core";
import { StopCutter } from "../shared/answer/stop-cutter.ts";
import { ThinkSplitter } from "../shared/answer/think-splitter.ts";
import { ToolCallReader } from "./tool-call-reader.ts";
import type { ToolFormat } from "./tool-format.ts";

/** What an {@link AnswerWriter} tells apart. */
interface AnswerWriterOptions {
  emit: (delta: ModelDelta) => void;
  /** Texts at which the answer ends. */
  stop: readonly string[];
  /** How calls are written; absent when no tools are offered. */
  format: ToolFormat | undefined;
  /** True when the prompt ends within thoughts. */
  thinking: boolean;
}

/** Turns the text that the model writes into deltas: thoughts, then text up to a stop text, then calls. */
export class AnswerWriter {
  readonly #emit: (delta: ModelDelta) => void;
  readonly #thoughts: ThinkSplitter;
  readonly #calls: ToolCallReader | undefined;
  readonly #cutter: StopCutter;
  #stopped = false;

  constructor({ emit, stop, format, thinking }: AnswerWriterOptions) {
    this.#emit = emit;
    this.#thoughts = new ThinkSplitter(thinking);
    this.#calls = format && new ToolCallReader(format);
    this.#cutter = new StopCutter(stop);
  }

  /** True once the answer ended at a stop text: nothing of what follows counts. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** True when the answer holds calls. */
  get hasCalls(): boolean {
    return (this.#calls?.count ?? 0) > 0;
  }

  /** Takes the next piece. */
  push(text: string): void {
    for (const piece of this.#thoughts.push(text)) this.#piece(piece);
  }

  /** Passes on what was held back: no more will come. */
  end(): void {
    for (const piece of this.#thoughts.flush()) this.#piece(piece);
    for (const delta of this.#calls?.end() ?? []) this.#cut(delta);
    if (!this.#stopped) this.#text(this.#cutter.flush());
  }

  #piece({ type, text }: { type: "text" | "reasoning"; text: string }): void {
    if (this.#stopped) return;
    if (type === "reasoning") this.#emit({ type, text });
    else for (const delta of this.#calls?.push(text) ?? [{ type, text }]) this.#cut(delta);
  }

  #cut(delta: ModelDelta): void {
    if (this.#stopped) return;
    if (delta.type !== "text") {
      this.#text(this.#cutter.flush());
      this.#emit(delta);
      return;
    }
    const { text, stopped } = this.#cutter.push(delta.text);
    this.#text(text);
    this.#stopped = stopped;
  }

  #text(text: string): void {
    if (text !== "") this.#emit({ type: "text", text });
  }
}
