import { Buffer } from "node:buffer";

/** So many texts of a run are sent one by one, at once: most runs print no more. */
const sentAtOnce = 50;
/** Longest time that further texts wait while the code is busy. */
const flushAfterMs = 20;

/** Collects what a run prints, cuts it at a number of bytes, and sends it on in batches. */
export class Output {
  /** Bytes that may still be printed; -1 once something was cut. */
  #left: number;
  #printed = 0;
  #texts: string[] = [];
  #flushedAt: number = performance.now();
  readonly #maxBytes: number;
  readonly #send: (texts: readonly string[]) => void;

  constructor(maxBytes: number, send: (texts: readonly string[]) => void) {
    this.#maxBytes = maxBytes;
    this.#left = maxBytes;
    this.#send = send;
  }

  /**
   * Adds a line.
   *
   * @returns How many bytes may still be printed; less than 0 when no further line is wanted.
   */
  print(text: string): number {
    if (this.#left < 0) return this.#left;
    const room = this.#left - (this.#printed === 0 ? 0 : 1);
    this.#printed += 1;
    const bytes = Buffer.byteLength(text);
    if (bytes <= room) {
      this.#texts.push(text);
      this.#left = room - bytes;
    } else {
      const kept = Buffer.from(text)
        .subarray(0, Math.max(room, 0))
        .toString()
        .replace(/\uFFFD$/, "");
      if (kept !== "") this.#texts.push(kept);
      this.#texts.push(`… output cut: a run may print ${this.#maxBytes} bytes (maxOutputBytes)`);
      this.#left = -1;
    }
    if (this.#printed <= sentAtOnce || performance.now() - this.#flushedAt >= flushAfterMs) this.flush();
    return this.#left;
  }

  flush(): void {
    this.#flushedAt = performance.now();
    if (this.#texts.length === 0) return;
    this.#send(this.#texts);
    this.#texts = [];
  }
}
