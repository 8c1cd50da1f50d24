import { readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryPrefix } from "./atomic-write.ts";
import { unlessMissing } from "./has-code.ts";
import type { Layout } from "./layout.ts";

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
  await removeOld(layout.unfinished, () => true);
  await removeOld(layout.root, (name) => name.startsWith(temporaryPrefix));
}

async function removeOld(folder: string, isUnfinished: (name: string) => boolean): Promise<void> {
  for (const name of (await unlessMissing(readdir(folder))) ?? []) {
    if (!isUnfinished(name)) continue;
    const found = await unlessMissing(stat(join(folder, name)));
    if (found && Date.now() - found.mtimeMs > leftOverMs)
      await rm(join(folder, name), { recursive: true, force: true });
  }
}
