import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, stat, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What the names of files begin with that were not finished; a process that was killed leaves them behind. */
export const unfinishedPrefix = ".smoltools-";

/** Where a file is made before it is moved to its place, on the same file system. */
export interface WriteOptions {
  /** Folder for files under names of their own. @default that of the file */
  temporaryFolder?: string;
  /** A path instead, which nobody else uses at the same time: what was left there by a process that died is replaced. */
  temporaryPath?: string;
}

/**
 * Writes a file so that nobody ever sees a part of it: into a temporary file, to the disk, then renamed. A file that is
 * there keeps its mode.
 *
 * @param path - Folders on the way to it are made.
 */
export async function writeAtomically(
  path: string,
  content: Uint8Array | string,
  options: WriteOptions = {},
): Promise<void> {
  const mode = (await stat(path).catch(() => undefined))?.mode ?? 0o644;
  await placed(path, options, async (temporary) => {
    const file = await open(temporary, "wx", mode & 0o777);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

/** Makes a symbolic link, in place of whatever file or link is there, so that the name is never without one. */
export async function linkAtomically(path: string, target: string, options: WriteOptions = {}): Promise<void> {
  await placed(path, options, (temporary) => symlink(target, temporary));
}

async function placed(path: string, options: WriteOptions, make: (temporary: string) => Promise<void>): Promise<void> {
  const { temporaryFolder = dirname(path), temporaryPath } = options;
  const temporary = temporaryPath ?? join(temporaryFolder, `${unfinishedPrefix}${process.pid}-${randomUUID()}`);
  await mkdir(dirname(path), { recursive: true });
  await mkdir(dirname(temporary), { recursive: true });
  if (temporaryPath !== undefined) await rm(temporaryPath, { force: true });
  try {
    await make(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
