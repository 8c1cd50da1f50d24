import { Buffer } from "node:buffer";

/** How much of it is kept, in characters. */
const kept = 4000;

/** The end of what a guest writes to standard error: hostile like all that it says, and of use where it fails. */
export class ErrorOutput {
  #text = "";
  #left: number;

  /** @param maxBytes - How much is read in the life of a guest: what is over can only be meant to keep the host busy. */
  constructor(maxBytes: number) {
    this.#left = maxBytes;
  }

  get text(): string {
    return this.#text;
  }

  /** @returns False when it is too much. */
  push(chunk: Buffer | string): boolean {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    this.#left -= bytes.length;
    // No character takes more than four bytes.
    const end = bytes.toString("utf8", Math.max(0, bytes.length - 4 * kept));
    this.#text = (this.#text + end).slice(-kept);
    return this.#left >= 0;
  }
}
