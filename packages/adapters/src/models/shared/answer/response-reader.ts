import type { Deadline } from "../../../shared/async/deadline.ts";
import { ConnectionLost } from "./chunk-source.ts";

/** How a body is read. */
interface ResponseReaderOptions {
  /** Armed for the first piece. */
  deadline: Deadline;
  /** Longest silence between two pieces, in milliseconds. */
  idleTimeoutMs: number;
  /** Largest body, in bytes. */
  maxBytes: number;
  /** Makes the error of a body that falls silent. */
  silent: () => Error;
  /** Makes the error of a body that is too large. */
  tooLarge: () => Error;
}

/** Wait, in milliseconds, for the last bytes of a body that said it is complete: then the connection can be used again. */
const drainMs = 100;

type ReadResult = Awaited<ReturnType<ReadableStreamDefaultReader<Uint8Array>["read"]>>;

/** Reads the text of a body piece by piece, within limits of time and size. */
export class ResponseReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #options: ResponseReaderOptions;
  readonly #decoder = new TextDecoder();
  #bytes = 0;
  #begun = false;
  #ended = false;

  constructor(body: ReadableStream<Uint8Array>, options: ResponseReaderOptions) {
    this.#reader = body.getReader();
    this.#options = options;
    // Ends a pending read also where the body does not know the signal.
    options.deadline.signal.addEventListener("abort", () => void this.#cancel(), { once: true });
  }

  /**
   * Reads on.
   *
   * @returns The next piece of the text, `undefined` after the last.
   * @throws What the deadline's signal was aborted with, the error of a limit, or {@link ConnectionLost}.
   */
  async read(): Promise<string | undefined> {
    const { maxBytes, tooLarge } = this.#options;
    const { done, value } = await this.#readBytes();
    if (done) {
      this.#ended = true;
      return this.#decoder.decode() || undefined;
    }
    this.#bytes += value.byteLength;
    if (this.#bytes > maxBytes) {
      await this.#cancel();
      throw tooLarge();
    }
    return this.#decoder.decode(value, { stream: true });
  }

  /**
   * Ends the reading and the request; what is left of the body is not read.
   *
   * @param complete - True when nothing but the end is due: it is then waited for, shortly.
   */
  async close(complete: boolean): Promise<void> {
    const { deadline } = this.#options;
    try {
      if (complete && !this.#ended) {
        deadline.arm(drainMs, () => new Error("the body did not end"));
        for (let { done } = await this.#reader.read(); !done; { done } = await this.#reader.read());
      }
    } catch {
      // The answer is complete: what happens to its connection now is of no interest.
    }
    await this.#cancel();
    deadline[Symbol.dispose]();
  }

  async #readBytes(): Promise<ReadResult> {
    const { deadline, idleTimeoutMs, silent } = this.#options;
    // Only the server's silence counts, not the time that a reader takes to come back for more.
    if (this.#begun) deadline.arm(idleTimeoutMs, silent);
    this.#begun = true;
    try {
      const result = await this.#reader.read();
      deadline.signal.throwIfAborted();
      return result;
    } catch (error) {
      deadline.signal.throwIfAborted();
      throw new ConnectionLost(error);
    } finally {
      deadline.disarm();
    }
  }

  async #cancel(): Promise<void> {
    this.#ended = true;
    await this.#reader.cancel().catch(() => undefined);
  }
}
