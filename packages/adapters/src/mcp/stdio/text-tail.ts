import { Buffer } from "node:buffer";

/** Keeps the end of what a process wrote. */
export class TextTail {
  readonly #maxBytes: number;
  #kept: Buffer = Buffer.alloc(0);

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Buffer): void {
    // A copy: the chunk may be a window on something much larger.
    this.#kept = Buffer.concat([this.#kept, chunk.subarray(-this.#maxBytes)]).subarray(-this.#maxBytes);
  }

  get text(): string {
    return this.#kept.toString("utf8").trim();
  }
}
