import { mkdirSync, renameSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Replaces and removes files of a folder: all of them, or none. Everything is written beside them first; then they change
 * places without a moment in between in which a signal could be heard.
 */
export async function replaceFiles(
  folder: string,
  written: Readonly<Record<string, string>>,
  removed: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  // In the folder itself: files cannot be renamed from one disk to another.
  const fresh = await mkdtemp(join(folder, ".convert-"));
  try {
    for (const [path, text] of Object.entries(written)) {
      signal.throwIfAborted();
      await mkdir(dirname(join(fresh, path)), { recursive: true });
      await writeFile(join(fresh, path), text);
    }
    signal.throwIfAborted();
    for (const path of Object.keys(written)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      renameSync(join(fresh, path), join(folder, path));
    }
    for (const path of removed) rmSync(join(folder, path), { force: true });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
