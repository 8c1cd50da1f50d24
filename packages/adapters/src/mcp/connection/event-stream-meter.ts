import { Buffer } from "node:buffer";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const idField = Buffer.from("id:");

/** Measures the events of a stream of `text/event-stream` as they pass. */
export class EventStreamMeter {
  readonly #maxBytes: number;
  #eventBytes = 0;
  /** The beginning of the line that is not over yet. */
  #lineStart: Buffer = Buffer.alloc(0);
  #lineBytes = 0;
  #hasIds = false;

  /** @param maxBytes - Largest event. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether an event had an id: its stream can be asked for again. */
  get hasIds(): boolean {
    return this.#hasIds;
  }

  /** @returns False when an event is larger than allowed. */
  count(bytes: Uint8Array): boolean {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      this.#take(chunk.subarray(from, end));
      if (this.#eventBytes > this.#maxBytes) return false;
      this.#endLine();
      from = end + 1;
    }
    this.#take(chunk.subarray(from));
    return this.#eventBytes <= this.#maxBytes;
  }

  #take(part: Buffer): void {
    if (this.#lineBytes < idField.length) {
      this.#lineStart = Buffer.concat([this.#lineStart, part.subarray(0, idField.length)]);
    }
    this.#lineBytes += part.length;
    this.#eventBytes += part.length;
  }

  #endLine(): void {
    const isEmpty = this.#lineBytes === 0 || (this.#lineBytes === 1 && this.#lineStart[0] === carriageReturn);
    if (isEmpty) this.#eventBytes = 0;
    else if (this.#lineStart.subarray(0, idField.length).equals(idField)) this.#hasIds = true;
    this.#lineStart = Buffer.alloc(0);
    this.#lineBytes = 0;
  }
}
