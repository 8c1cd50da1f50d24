import type { ProviderErrors } from "../errors/provider-errors.ts";
import { fieldOf, isRecord, parseJson } from "../../../shared/json-access.ts";
import { type Chunk, type ChunkSource, ReportedError } from "./chunk-source.ts";
import { EventStreamParser, type ServerSentEvent } from "../../../shared/event-stream.ts";
import type { ResponseReader } from "./response-reader.ts";

/** How a provider may answer; which of them it does is told by the first character that is no white space. */
type Format = "events" | "json" | "page";

/** Reads chunks from the body of a response. A whole answer, of servers that do not stream, is one chunk. */
export class ChunkReader implements ChunkSource {
  readonly errors: ProviderErrors;
  readonly #reader: ResponseReader;
  readonly #parser = new EventStreamParser();
  #format: Format | undefined;
  /** The text of a whole answer. */
  #whole: string[] = [];
  /** Events that came and are not yet read. */
  #events: Iterator<ServerSentEvent> = [].values();
  #last = "";
  #ended = false;
  #complete = false;

  constructor(reader: ResponseReader, errors: ProviderErrors) {
    this.#reader = reader;
    this.errors = errors;
  }

  get complete(): boolean {
    return this.#complete;
  }

  get last(): string {
    return this.#last;
  }

  async next(): Promise<Chunk | undefined> {
    for (;;) {
      for (let event = this.#events.next(); !event.done; event = this.#events.next()) {
        const chunk = this.#chunkOf(event.value);
        if (chunk) return chunk;
        if (this.#complete) return undefined;
      }
      if (this.#ended) return undefined;
      const text = await this.#reader.read();
      if (text !== undefined) {
        this.#take(text);
        continue;
      }
      this.#ended = true;
      if (this.#format === "page") throw this.errors.page(this.#whole.join(""));
      if (this.#format === "json") return this.#wholeChunk();
      this.#events = this.#parser.end().values();
    }
  }

  async close(complete: boolean): Promise<void> {
    this.#ended = true;
    this.#events = [].values();
    await this.#reader.close(complete);
  }

  #take(text: string): void {
    if (this.#format === "events") {
      this.#events = this.#parser.push(text).values();
      return;
    }
    if (this.#format !== undefined) {
      this.#whole.push(text);
      return;
    }
    // White space before the answer is a sign of life, and there may be much of it.
    const head = text.trimStart();
    const first = head[0];
    if (first === undefined) return;
    this.#whole.push(head);
    this.#format = first === "{" || first === "[" ? "json" : first === "<" ? "page" : "events";
    if (this.#format !== "events") return;
    this.#whole = [];
    this.#last = head;
    this.#events = this.#parser.push(head).values();
  }

  /** What an event holds; `undefined` for a sign of life and for the last mark. */
  #chunkOf({ event, data }: ServerSentEvent): Chunk | undefined {
    const said = data.trim();
    // Some relays send their signs of life as data.
    if (said === "" || said.startsWith(":")) return undefined;
    if (said === "[DONE]") {
      this.#complete = true;
      return undefined;
    }
    this.#last = said;
    const chunk = parseJson(said);
    if (event === "error") throw new ReportedError(chunk ?? said);
    if (!isRecord(chunk)) throw this.errors.unreadable("a piece of it is not JSON", said);
    return checked(chunk);
  }

  #wholeChunk(): Chunk {
    const body = this.#whole.join("");
    this.#last = body;
    const json = parseJson(body);
    const answer: unknown = Array.isArray(json) ? json[0] : json;
    if (!isRecord(answer)) throw this.errors.unreadable("it is not all of a JSON text", body);
    this.#complete = true;
    return checked(answer);
  }
}

function checked(chunk: Chunk): Chunk {
  const error = fieldOf(chunk, "error");
  if (error !== undefined && error !== null) throw new ReportedError(chunk);
  return chunk;
}
