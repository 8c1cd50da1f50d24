import { isSmoltoolsError, type ModelDelta } from "@smoltools/core";
import { Retryable } from "../transport/retryable.ts";
import { ChunkDecoder } from "./chunk-decoder.ts";
import { type Chunk, type ChunkSource, ConnectionLost, ReportedError } from "./chunk-source.ts";
import { StopCutter } from "./stop-cutter.ts";
import { ThinkSplitter, type ThinkTags } from "./think-splitter.ts";

/** How an answer is read. */
export interface AnswerOptions {
  /** Texts that end the answer. */
  stop: readonly string[];
  thinkTags: ThinkTags;
}

/** One answer as it comes in, read chunk by chunk. */
export class Answer {
  readonly #source: ChunkSource;
  readonly #decoder = new ChunkDecoder();
  readonly #splitter: ThinkSplitter | undefined;
  readonly #cutter: StopCutter | undefined;
  #first: ModelDelta[] | undefined;
  /** True once the caller had a delta: then the answer cannot be asked for again. */
  #begun = false;
  /** True once nothing more is to be read. */
  #ended = false;
  /** True when the server said all of its answer. */
  #complete = false;
  #closing: Promise<void> | undefined;

  constructor(source: ChunkSource, { stop, thinkTags }: AnswerOptions) {
    this.#source = source;
    this.#splitter = thinkTags === "none" ? undefined : new ThinkSplitter(thinkTags === "implied");
    this.#cutter = stop.length > 0 ? new StopCutter(stop) : undefined;
  }

  /** Reads up to the first deltas, which {@link next} then gives out. */
  async begin(): Promise<void> {
    this.#first = await this.next();
  }

  /**
   * Reads on.
   *
   * @returns The next deltas, at least one; `undefined` after the last.
   * @throws Retryable when a further attempt may help and no delta was given out yet.
   */
  async next(): Promise<ModelDelta[] | undefined> {
    const first = this.#first;
    if (first) {
      this.#first = undefined;
      return first;
    }
    while (!this.#ended) {
      const chunk = await this.#read();
      const deltas: ModelDelta[] = [];
      if (chunk) this.#take(chunk, deltas);
      else this.#finish(deltas);
      // Nothing is left open for a reader that does not come back after the last delta.
      if (this.#ended) void this.close();
      if (deltas.length > 0) {
        this.#begun = true;
        return deltas;
      }
    }
    return undefined;
  }

  /** Ends the answer; the request is cancelled if it is not complete. */
  async close(): Promise<void> {
    this.#ended = true;
    this.#closing ??= this.#source.close(this.#complete);
    await this.#closing;
  }

  async #read(): Promise<Chunk | undefined> {
    try {
      return await this.#source.next();
    } catch (error) {
      const lost = error instanceof ConnectionLost;
      // After the reason for its end only the usage is missing.
      if (this.#decoder.finished && (lost || isSmoltoolsError(error, "MODEL_TIMEOUT"))) return undefined;
      if (lost) throw this.#brokenOff("the connection was lost", error.cause);
      throw error instanceof ReportedError ? this.#source.errors.reported(error.reported, this.#begun) : error;
    }
  }

  #take(chunk: Chunk, deltas: ModelDelta[]): void {
    for (const delta of this.#decoder.push(chunk)) {
      if (delta.type === "text") {
        for (const piece of this.#splitter?.push(delta.text) ?? [delta]) this.#takePiece(piece, deltas);
      } else {
        // What is held back goes before whatever is not text.
        this.#flush(deltas);
        if (!this.#ended) deltas.push(delta);
      }
      if (this.#ended) return;
    }
  }

  /** Passes a piece on, its text up to the first stop text. Thoughts may name a stop text without ending the answer. */
  #takePiece(piece: ModelDelta, deltas: ModelDelta[]): void {
    if (this.#ended) return;
    if (piece.type !== "text" || !this.#cutter) {
      deltas.push(piece);
      return;
    }
    const { text, stopped } = this.#cutter.push(piece.text);
    pushText(deltas, text);
    if (!stopped) return;
    // The rest is not read, and with it not how many tokens were used: the model stops being paid for instead.
    deltas.push({ type: "finish", reason: "stop" });
    this.#ended = true;
  }

  #flush(deltas: ModelDelta[]): void {
    for (const piece of this.#splitter?.flush() ?? []) this.#takePiece(piece, deltas);
    if (!this.#ended && this.#cutter) pushText(deltas, this.#cutter.flush());
  }

  #finish(deltas: ModelDelta[]): void {
    const { complete, errors, last } = this.#source;
    if (!complete && !this.#decoder.finished) throw this.#brokenOff("it ended before its end");
    if (!this.#decoder.answered) throw errors.unreadable("it holds no choice", last);
    this.#complete = true;
    this.#flush(deltas);
    if (!this.#ended) deltas.push(...this.#decoder.end());
    this.#ended = true;
  }

  #brokenOff(how: string, cause?: unknown): Error {
    const error = this.#source.errors.cutShort(how, this.#source.last, cause);
    return this.#begun ? error : new Retryable(error);
  }
}

function pushText(deltas: ModelDelta[], text: string): void {
  if (text !== "") deltas.push({ type: "text", text });
}
