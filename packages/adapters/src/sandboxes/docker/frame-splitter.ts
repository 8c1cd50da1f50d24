import type { Buffer } from "node:buffer";

const headerBytes = 8;
const sizeAt = 4;

/** Which stream of a container bytes came from. */
export type FrameStream = "stdout" | "stderr";

/**
 * Takes apart the two output streams of a container, which arrive as one stream of frames: a header of eight bytes
 * (the stream, three zeros, the length with its highest byte first), then so many bytes.
 *
 * Payloads are passed on as they come, so the length of a frame costs no memory.
 *
 * Docker Engine API, ContainerAttach, "Stream format".
 */
export class FrameSplitter {
  readonly #onBytes: (stream: FrameStream, bytes: Buffer) => void;
  readonly #header = new Uint8Array(headerBytes);
  #headerLength = 0;
  #stream: FrameStream = "stdout";
  #left = 0;

  constructor(onBytes: (stream: FrameStream, bytes: Buffer) => void) {
    this.#onBytes = onBytes;
  }

  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      if (this.#left > 0) {
        const part = chunk.subarray(at, at + this.#left);
        this.#left -= part.length;
        at += part.length;
        this.#onBytes(this.#stream, part);
      } else {
        this.#header[this.#headerLength] = chunk[at] ?? 0;
        this.#headerLength += 1;
        at += 1;
        if (this.#headerLength === headerBytes) this.#begin();
      }
    }
  }

  #begin(): void {
    this.#headerLength = 0;
    this.#stream = this.#header[0] === 2 ? "stderr" : "stdout";
    this.#left = new DataView(this.#header.buffer).getUint32(sizeAt);
  }
}
