import { randomBytes } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hasCode } from "../../../../shared/has-code.ts";

/**
 * Writes a file so that every reader, and every later start after a crash, finds either the old or the new content:
 * a temporary file in the same folder, flushed to the disk, then renamed over the target. Makes missing folders.
 *
 * @param path - The file.
 * @param content - All of it; text is written as UTF-8.
 * @param mode - Permissions of the file.
 */
export async function atomicWrite(path: string, content: Uint8Array | string, mode = 0o644): Promise<void> {
  const temporary = join(dirname(path), temporaryName());
  await moveInPlace(await openNew(temporary, mode), temporary, path, content);
}

/** Writes a file that was just made to the disk and moves it to its place. If that fails, nothing of it is left. */
export async function moveInPlace(
  file: FileHandle,
  temporary: string,
  path: string,
  content: Uint8Array | string,
): Promise<void> {
  try {
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Flushes a file, or a folder, to the disk: after that, a file that was made, renamed or removed in the folder stays so.
 * Where the system cannot do this (Windows, some network file systems), nothing happens: there it is the file system's
 * turn.
 */
export async function flush(path: string): Promise<void> {
  if (process.platform === "win32") return;
  await using opened = await open(path, "r");
  try {
    await opened.sync();
  } catch (error) {
    if (!hasCode(error, "EINVAL", "ENOTSUP", "EPERM", "EBADF")) throw error;
  }
}

/** Makes a folder with all above it that are missing, and flushes those in which one was made. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let made = path; ; made = dirname(made)) {
    await flush(dirname(made));
    if (made === first || dirname(made) === made) return;
  }
}

/** How the names of unfinished files start. It is git's own mark for them: its checks pass over such files. */
export const temporaryPrefix = "tmp_obj_";

/** A name that no other file has. */
export function temporaryName(): string {
  return `${temporaryPrefix}${randomBytes(9).toString("hex")}`;
}

async function openNew(path: string, mode: number): Promise<FileHandle> {
  try {
    return await open(path, "wx", mode);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
    await mkdir(dirname(path), { recursive: true });
    return open(path, "wx", mode);
  }
}
