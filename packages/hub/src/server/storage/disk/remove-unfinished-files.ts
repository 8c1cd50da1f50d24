import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { temporaryPrefix } from "./atomic-write.ts";
import { unlessMissing } from "./has-code.ts";

/** An unfinished file of this age belongs to nobody any more. */
const leftOverMs = 3_600_000;

/**
 * Removes the temporary files that processes left which died long ago: in the folder of a repo's namespace, in its
 * bare repository, and between its objects.
 */
export async function removeUnfinishedFiles(namespace: string, gitdir: string): Promise<void> {
  const objects = join(gitdir, "objects");
  const fanOut = (await unlessMissing(readdir(objects))) ?? [];
  for (const folder of [namespace, gitdir, ...fanOut.map((name) => join(objects, name))]) {
    for (const name of (await unlessMissing(readdir(folder))) ?? []) {
      if (!name.startsWith(temporaryPrefix)) continue;
      const found = await unlessMissing(stat(join(folder, name)));
      if (found && Date.now() - found.mtimeMs > leftOverMs) await rm(join(folder, name), { force: true });
    }
  }
}
