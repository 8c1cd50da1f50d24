import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Replaces and removes files of a folder: all of them, or none. Everything is written beside them first; then they change
 * places without a moment in between in which a signal could be heard. Where one cannot, because another program holds it
 * open, say, those before it change back.
 */
export async function replaceFiles(
  folder: string,
  written: Readonly<Record<string, string>>,
  removed: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  // In the folder itself: files cannot be renamed from one disk to another.
  const beside = await mkdtemp(join(folder, ".convert-"));
  const [fresh, old] = [join(beside, "new"), join(beside, "old")];
  try {
    for (const [path, text] of Object.entries(written)) {
      signal.throwIfAborted();
      await mkdir(dirname(join(fresh, path)), { recursive: true });
      await writeFile(join(fresh, path), text);
    }
    signal.throwIfAborted();
    const undo: (() => void)[] = [];
    try {
      for (const path of [...Object.keys(written), ...removed]) {
        if (existsSync(join(folder, path))) {
          move(join(folder, path), join(old, path));
          undo.push(() => move(join(old, path), join(folder, path)));
        }
        if (!Object.hasOwn(written, path)) continue;
        move(join(fresh, path), join(folder, path));
        undo.push(() => rmSync(join(folder, path), { force: true }));
      }
    } catch (error) {
      for (const back of undo.reverse()) back();
      throw error;
    }
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

function move(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}
