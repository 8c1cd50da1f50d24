import { existsSync } from "node:fs";
import { mkdir, open, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ProjectError } from "./project-error.ts";

/**
 * Writes the files of a new project: all of them, or none. What is there already is never overwritten.
 *
 * @param kept - Files that may be there already, and then stay as they are.
 * @returns The paths that were written.
 * @throws ProjectError `PROJECT_FOLDER_TAKEN` when another one is there.
 */
export async function writeNewFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
  kept: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<string[]> {
  const there = Object.keys(files).filter((path) => existsSync(join(folder, path)));
  const taken = there.filter((path) => !kept.has(path));
  if (taken.length > 0) throw isTaken(folder, taken);
  const paths = Object.keys(files).filter((path) => !there.includes(path));
  const written: string[] = [];
  const made: string[] = [];
  try {
    for (const path of paths) {
      signal.throwIfAborted();
      const file = join(folder, path);
      const first = await mkdir(dirname(file), { recursive: true });
      if (first !== undefined) made.push(first);
      // Also what came into being since: it is somebody else's.
      const opened = await open(file, "wx");
      written.push(file);
      try {
        await opened.writeFile(files[path] ?? "");
      } finally {
        await opened.close();
      }
    }
  } catch (error) {
    for (const file of written) await rm(file, { force: true });
    // Only what is empty goes, from the inside out.
    for (const path of made.reverse()) await removeEmpty(path, written);
    if ((error as NodeJS.ErrnoException).code === "EEXIST")
      throw isTaken(folder, [String((error as NodeJS.ErrnoException).path)]);
    throw error;
  }
  return paths;
}

async function removeEmpty(folder: string, written: readonly string[]): Promise<void> {
  const inner = new Set(written.map((file) => dirname(file)).filter((path) => path.startsWith(folder)));
  for (const path of [...inner].sort((a, b) => b.length - a.length)) await rmdir(path).catch(() => undefined);
  await rmdir(folder).catch(() => undefined);
}

function isTaken(folder: string, paths: readonly string[]): ProjectError {
  return new ProjectError(
    `${folder} has ${paths.join(", ")} already, and nothing is overwritten: name another folder`,
    { code: "PROJECT_FOLDER_TAKEN", data: { path: folder } },
  );
}
