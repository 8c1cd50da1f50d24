import { Buffer } from "node:buffer";

const lineFeed = 0x0a;

/** The first room for a line that comes in parts. */
const leastRoom = 64 * 1024;

/**
 * Cuts a stream of bytes into lines, none longer than a limit.
 *
 * What is kept of a line that is not complete yet is copied together: as parts, a line that comes byte by byte would
 * take hundreds of times as much memory as it has bytes.
 */
export class LineSplitter {
  readonly #maxBytes: number;
  readonly #onLine: (line: string) => void;
  /** Room for the line that is not complete yet. */
  #room: Buffer = Buffer.alloc(0);
  /** How much of it is taken. */
  #bytes = 0;

  constructor(maxBytes: number, onLine: (line: string) => void) {
    this.#maxBytes = maxBytes;
    this.#onLine = onLine;
  }

  /** @returns False when a line is longer than the limit: nothing after it can be trusted to be where it belongs. */
  push(chunk: Buffer): boolean {
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      const part = chunk.subarray(from, end);
      if (this.#bytes + part.length > this.#maxBytes) return false;
      this.#onLine(this.#complete(part));
      from = end + 1;
    }
    return this.#keep(chunk.subarray(from));
  }

  #complete(part: Buffer): string {
    if (this.#bytes === 0) return part.toString("utf8");
    this.#append(part);
    const line = this.#room.toString("utf8", 0, this.#bytes);
    this.#bytes = 0;
    // Most lines are short: what a long one took is given back.
    if (this.#room.length > leastRoom) this.#room = Buffer.alloc(0);
    return line;
  }

  #keep(part: Buffer): boolean {
    if (this.#bytes + part.length > this.#maxBytes) return false;
    this.#append(part);
    return true;
  }

  #append(part: Buffer): void {
    const needed = this.#bytes + part.length;
    if (needed > this.#room.length) {
      const room = Buffer.allocUnsafeSlow(Math.max(leastRoom, needed, 2 * this.#room.length));
      this.#room.copy(room, 0, 0, this.#bytes);
      this.#room = room;
    }
    part.copy(this.#room, this.#bytes);
    this.#bytes = needed;
  }
}
