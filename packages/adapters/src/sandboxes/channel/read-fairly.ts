import type { Buffer } from "node:buffer";
import type { Readable } from "node:stream";

/** Reading so much may be only a part of what waits. */
const largeBytes = 32 * 1024;

/**
 * Hears a stream. One that never runs dry would be read two megabytes at a time, and its messages keep the thread busy
 * for a tenth of a second: here everything else gets its turn after each portion.
 */
export function readFairly(stream: Readable, onChunk: (chunk: Buffer) => void): void {
  stream.on("data", (chunk: Buffer) => {
    onChunk(chunk);
    if (chunk.length < largeBytes) return;
    stream.pause();
    setImmediate(() => stream.resume());
  });
}
