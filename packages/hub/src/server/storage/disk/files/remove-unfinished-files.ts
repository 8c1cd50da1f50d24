import { readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { repoTypes } from "../../../repo/repo-key.ts";
import { temporaryPrefix } from "./atomic-write.ts";
import { unlessMissing } from "../../../../shared/has-code.ts";
import type { Layout } from "../layout.ts";

/** An unfinished file of this age belongs to nobody any more. */
const leftOverMs = 3_600_000;

/** A file of a repository that is as old as the last look at it. */
const markName = "hub-swept";

/**
 * Removes the temporary files that processes left which died long ago: in the folder of a repo's namespace, in its
 * bare repository, and between its objects. Looks at most once in the time after which there can be something to find:
 * others wait meanwhile.
 */
export async function removeUnfinishedFiles(namespace: string, gitdir: string): Promise<void> {
  const mark = join(gitdir, markName);
  const last = await unlessMissing(stat(mark));
  if (last && Date.now() - last.mtimeMs < leftOverMs) return;
  await unlessMissing(writeFile(mark, ""));
  const objects = join(gitdir, "objects");
  const fanOut = (await unlessMissing(readdir(objects))) ?? [];
  for (const folder of [namespace, gitdir, ...fanOut.map((name) => join(objects, name))]) {
    await removeOld(folder, (name) => name.startsWith(temporaryPrefix));
  }
}

/** Removes what dead processes left beside the repos: deleted repos, unfinished ones and temporary files. */
export async function removeLeftovers(layout: Layout): Promise<void> {
  for (const name of (await unlessMissing(readdir(layout.trash))) ?? []) {
    await rm(join(layout.trash, name), { recursive: true, force: true });
  }
  for (const name of (await unlessMissing(readdir(layout.unfinished))) ?? []) {
    const folder = join(layout.unfinished, name);
    if (await isOld(folder)) await rm(folder, { recursive: true, force: true });
  }
  await removeOld(layout.root, isLeftByLock);
  for (const type of repoTypes.values()) {
    for (const namespace of (await unlessMissing(readdir(layout.repos(type)))) ?? []) {
      await removeOld(join(layout.repos(type), namespace), isLeftByLock);
    }
  }
}

/** A lock that was never taken, or the right to remove one that is gone. */
function isLeftByLock(name: string, others: readonly string[]): boolean {
  if (name.startsWith(temporaryPrefix)) return true;
  const [, lock] = /^(.*\.lock)\.break[0-9a-f]*$/.exec(name) ?? [];
  return lock !== undefined && !others.includes(lock);
}

/** Removes files only: the folder of a repo may have any name that a repo may have. */
async function removeOld(
  folder: string,
  isUnfinished: (name: string, others: readonly string[]) => boolean,
): Promise<void> {
  const entries = (await unlessMissing(readdir(folder, { withFileTypes: true }))) ?? [];
  const names = entries.map(({ name }) => name);
  const files = entries.filter((entry) => !entry.isDirectory() && isUnfinished(entry.name, names));
  for (const { name } of files) if (await isOld(join(folder, name))) await rm(join(folder, name), { force: true });
}

async function isOld(path: string): Promise<boolean> {
  const found = await unlessMissing(stat(path));
  return found !== undefined && Date.now() - found.mtimeMs > leftOverMs;
}
