import { closeSync, constants, openSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { hasCode } from "./has-code.ts";

/** Up to this size, in bytes, a file is read sooner than the thread pool could be asked for it. */
const maxAtOnce = 256 * 1024;

/** A pipe that has taken the place of a file is not waited for. */
const flag = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** What was found at a path. */
export interface FoundFile {
  isFile: boolean;
  size: number;
  /** Absent where it is larger than what is read, or no file. */
  bytes?: Uint8Array;
}

/**
 * Reads a file of this machine.
 *
 * @param maxBytes - Largest file that is read.
 * @returns `undefined` where there is nothing.
 */
export async function readFileWithin(path: string, maxBytes: number): Promise<FoundFile | undefined> {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return undefined;
    const { size } = stats;
    const isFile = stats.isFile();
    if (!isFile || size > maxBytes) return { isFile, size };
    return { isFile, size, bytes: size <= maxAtOnce ? readSmall(path) : await readFile(path) };
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return undefined;
    throw error;
  }
}

function readSmall(path: string): Uint8Array {
  const file = openSync(path, flag);
  try {
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}
