import { Buffer } from "node:buffer";

/** Providers limit the size of a request; this is far below all of them. */
const maxWriteBytes = 1024 * 1024;

/** Sends bytes by requests: one after another, each with all that has come together since the last. */
export class Outbox {
  readonly #write: (bytes: Buffer) => Promise<void>;
  readonly #onFailure: (error: unknown) => void;
  #waiting: Buffer[] = [];
  #bytes = 0;
  #sending = false;
  #closed = false;

  /**
   * @param write - Sends a portion; the next one follows when it is settled.
   * @param onFailure - Told once, when a portion could not be sent: nothing is sent any more.
   */
  constructor(write: (bytes: Buffer) => Promise<void>, onFailure: (error: unknown) => void) {
    this.#write = write;
    this.#onFailure = onFailure;
  }

  /** Bytes that have not been taken yet. */
  get bytes(): number {
    return this.#bytes;
  }

  push(bytes: Buffer): void {
    if (this.#closed) return;
    this.#waiting.push(bytes);
    this.#bytes += bytes.length;
    if (!this.#sending) void this.#send();
  }

  /** Nothing is sent any more. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
    this.#bytes = 0;
  }

  async #send(): Promise<void> {
    this.#sending = true;
    try {
      // What is pushed in the same turn goes together.
      await Promise.resolve();
      while (this.#waiting.length > 0) {
        const all = Buffer.concat(this.#waiting);
        this.#waiting = [];
        for (let from = 0; from < all.length && !this.#closed; from += maxWriteBytes) {
          const portion = all.subarray(from, from + maxWriteBytes);
          await this.#write(portion);
          this.#bytes = Math.max(0, this.#bytes - portion.length);
        }
      }
    } catch (error) {
      const wasClosed = this.#closed;
      this.close();
      if (!wasClosed) this.#onFailure(error);
    }
    this.#sending = false;
  }
}
