import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { KeyedSemaphore } from "../../../keyed-semaphore.ts";
import { hasCode } from "../../../../shared/has-code.ts";
import { type FileLockOptions, takeFileLock } from "./take-file-lock.ts";

/**
 * Locks that hold within this process and between processes. Within the process the tasks stand in line, so only one
 * of them at a time competes for the file.
 */
export class FileLocks {
  readonly #line = new KeyedSemaphore(1);
  readonly #timeoutMs: number;

  /** @param timeoutMs - Longest wait for another process. */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Takes a lock; disposing the result gives it back.
   *
   * @param path - The lock file. Its folder is made if it is missing.
   * @param recover - Mends what a process left that died while it held the lock.
   */
  async take(
    path: string,
    options: { recover?: () => Promise<void>; signal?: AbortSignal | undefined } = {},
  ): Promise<AsyncDisposable> {
    const turn = await this.#line.enter(path, options.signal);
    try {
      const lock = await this.#takeFile(path, options);
      return {
        [Symbol.asyncDispose]: async () => {
          using _turn = turn;
          await lock[Symbol.asyncDispose]();
        },
      };
    } catch (error) {
      turn[Symbol.dispose]();
      throw error;
    }
  }

  async #takeFile(path: string, options: Omit<FileLockOptions, "timeoutMs">): Promise<AsyncDisposable> {
    const all = { ...options, timeoutMs: this.#timeoutMs };
    try {
      return await takeFileLock(path, all);
    } catch (error) {
      if (!hasCode(error, "ENOENT")) throw error;
      await mkdir(dirname(path), { recursive: true });
      return await takeFileLock(path, all);
    }
  }
}
