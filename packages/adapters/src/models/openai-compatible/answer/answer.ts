import { isSmoltoolsError, type ModelDelta } from "@smoltools/core";
import type { ProviderErrors } from "../errors/provider-errors.ts";
import { Retryable } from "../transport/retryable.ts";
import { fieldOf, isRecord, parseJson } from "../util/json-access.ts";
import { ChunkDecoder } from "./chunk-decoder.ts";
import { EventStreamParser, type ServerSentEvent } from "./event-stream.ts";
import { ConnectionLost, type ResponseReader } from "./response-reader.ts";
import { StopCutter } from "./stop-cutter.ts";

/** How a provider may answer; which of them it does is told by the first character that is no white space. */
type Format = "events" | "json" | "page";

/** One answer as it comes in, read batch by batch. */
export class Answer {
  readonly #reader: ResponseReader;
  readonly #errors: ProviderErrors;
  readonly #cutter: StopCutter | undefined;
  readonly #parser = new EventStreamParser();
  readonly #decoder = new ChunkDecoder();
  #format: Format | undefined;
  /** The text of a whole answer, or what came before the format is known. */
  #whole: string[] = [];
  #first: ModelDelta[] | undefined;
  /** The last event, or the beginning of a body without any: what is shown when the answer is broken. */
  #last = "";
  /** True once the caller had a delta: then the answer cannot be asked for again. */
  #begun = false;
  /** An error that came in one piece with deltas, which go out first. */
  #failure: unknown;
  /** True once nothing more is to be read. */
  #ended = false;
  /** True when the server said all of its answer. */
  #complete = false;
  #closing: Promise<void> | undefined;

  /** @param stop - Texts that end the answer. */
  constructor(reader: ResponseReader, errors: ProviderErrors, stop: readonly string[]) {
    this.#reader = reader;
    this.#errors = errors;
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
    if (this.#failure !== undefined) throw this.#failure;
    while (!this.#ended) {
      const text = await this.#read();
      const deltas: ModelDelta[] = [];
      try {
        if (text === undefined) this.#takeEnd(deltas);
        else this.#take(text, deltas);
      } catch (error) {
        if (deltas.length === 0) throw error;
        this.#failure = error;
      }
      // Nothing is left open for a reader that does not come back after the last delta.
      if (this.#ended || this.#failure !== undefined) void this.close();
      if (deltas.length > 0) {
        this.#begun = true;
        return deltas;
      }
    }
    return undefined;
  }

  /** Ends the answer; the request is cancelled if it is not complete. */
  async close(): Promise<void> {
    this.#closing ??= this.#reader.close(this.#complete);
    await this.#closing;
  }

  async #read(): Promise<string | undefined> {
    try {
      return await this.#reader.read();
    } catch (error) {
      const lost = error instanceof ConnectionLost;
      // After the reason for its end only the usage is missing.
      if (this.#decoder.finished && (lost || isSmoltoolsError(error, "MODEL_TIMEOUT"))) return undefined;
      throw lost ? this.#brokenOff("the connection was lost", this.#begun, error.cause) : error;
    }
  }

  #take(text: string, deltas: ModelDelta[]): void {
    if (this.#format === "events") {
      this.#takeEvents(this.#parser.push(text), deltas);
      return;
    }
    this.#whole.push(text);
    if (this.#format !== undefined) return;
    const head = this.#whole.join("");
    const first = head.trimStart()[0];
    if (first === undefined) return;
    this.#format = first === "{" || first === "[" ? "json" : first === "<" ? "page" : "events";
    if (this.#format !== "events") return;
    this.#whole = [];
    this.#last = head;
    this.#takeEvents(this.#parser.push(head), deltas);
  }

  #takeEvents(events: readonly ServerSentEvent[], deltas: ModelDelta[]): void {
    for (const { event, data } of events) {
      if (this.#ended) return;
      const said = data.trim();
      // Some relays send their signs of life as data.
      if (said === "" || said.startsWith(":")) continue;
      if (said === "[DONE]") {
        this.#finish(deltas);
        return;
      }
      this.#last = said;
      const chunk = parseJson(said);
      if (event === "error") throw this.#errors.reported(chunk ?? said, this.#begun || deltas.length > 0);
      if (!isRecord(chunk)) throw this.#errors.unreadable("a piece of it is not JSON", said);
      this.#takeChunk(chunk, deltas);
    }
  }

  #takeChunk(chunk: Record<string, unknown>, deltas: ModelDelta[]): void {
    const error = fieldOf(chunk, "error");
    if (error !== undefined && error !== null) throw this.#errors.reported(chunk, this.#begun || deltas.length > 0);
    for (const delta of this.#decoder.push(chunk)) {
      if (this.#cutter) this.#cut(delta, this.#cutter, deltas);
      else deltas.push(delta);
      if (this.#ended) return;
    }
  }

  /** Passes a delta on up to the first stop text. What is held back goes before whatever is not text. */
  #cut(delta: ModelDelta, cutter: StopCutter, deltas: ModelDelta[]): void {
    if (delta.type !== "text") {
      pushText(deltas, cutter.flush());
      deltas.push(delta);
      return;
    }
    const { text, stopped } = cutter.push(delta.text);
    pushText(deltas, text);
    if (!stopped) return;
    // The rest is not read, and with it not how many tokens were used: the model stops being paid for instead.
    deltas.push({ type: "finish", reason: "stop" });
    this.#ended = true;
  }

  #takeEnd(deltas: ModelDelta[]): void {
    if (this.#format === "page") throw this.#errors.page(this.#whole.join(""));
    if (this.#format === "json") {
      this.#takeWhole(this.#whole.join(""), deltas);
    } else {
      this.#takeEvents(this.#parser.end(), deltas);
      if (!this.#ended && !this.#decoder.finished) {
        throw this.#brokenOff("it ended before its end", this.#begun || deltas.length > 0);
      }
    }
    if (!this.#ended) this.#finish(deltas);
  }

  #takeWhole(body: string, deltas: ModelDelta[]): void {
    this.#last = body;
    const json = parseJson(body);
    const answer: unknown = Array.isArray(json) ? json[0] : json;
    if (!isRecord(answer)) throw this.#errors.unreadable("it is not all of a JSON text", body);
    this.#takeChunk(answer, deltas);
  }

  #finish(deltas: ModelDelta[]): void {
    if (!this.#decoder.answered) throw this.#errors.unreadable("it holds no choice", this.#last);
    this.#complete = true;
    this.#ended = true;
    if (this.#cutter) pushText(deltas, this.#cutter.flush());
    deltas.push(...this.#decoder.end());
  }

  #brokenOff(how: string, begun: boolean, cause?: unknown): Error {
    const error = this.#errors.cutShort(how, this.#last, cause);
    return begun ? error : new Retryable(error);
  }
}

function pushText(deltas: ModelDelta[], text: string): void {
  if (text !== "") deltas.push({ type: "text", text });
}
