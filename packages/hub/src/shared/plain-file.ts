import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/** Some systems lack these; a pipe is opened without waiting for somebody who writes to it. */
const always = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const noLink = constants.O_NOFOLLOW ?? 0;

/** A plain file, opened once: what is measured is what is read, whatever becomes of its name meanwhile. */
export class PlainFile implements AsyncDisposable {
  /** In bytes, when it was opened. */
  readonly size: number;
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.size = size;
  }

  /**
   * @returns `undefined` for what is no plain file: a folder, a device, a pipe, and a link unless links are followed.
   * @throws the system's error where there is nothing, or nothing that may be read.
   */
  static async open(
    path: string,
    { followLinks = false }: { followLinks?: boolean } = {},
  ): Promise<PlainFile | undefined> {
    let handle: FileHandle;
    try {
      handle = await open(path, followLinks ? always : always | noLink);
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      if (["ELOOP", "EMLINK", "EISDIR", "ENXIO"].includes(code)) return undefined;
      throw error;
    }
    const stats = await handle.stat().catch(() => undefined);
    if (stats?.isFile()) return new PlainFile(handle, stats.size);
    await handle.close();
    return undefined;
  }

  /**
   * Reads the file, and not more than its size, even where it grows meanwhile.
   *
   * @param maxBytes - Where to stop.
   */
  async read({
    maxBytes = this.size,
    signal,
  }: { maxBytes?: number; signal?: AbortSignal | undefined } = {}): Promise<Uint8Array> {
    const wanted = Math.min(this.size, maxBytes);
    const bytes = Buffer.alloc(wanted);
    let length = 0;
    while (length < wanted) {
      signal?.throwIfAborted();
      const { bytesRead } = await this.#handle.read(bytes, length, Math.min(wanted - length, 1024 * 1024), length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#handle.close();
  }
}
