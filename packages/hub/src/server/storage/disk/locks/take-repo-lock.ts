import type { RepoKey } from "../../../repo/repo-key.ts";
import type { DiskParts } from "../disk-parts.ts";
import { RefStore } from "../refs/ref-store.ts";
import { removeUnfinishedFiles } from "../files/remove-unfinished-files.ts";

/** Takes the lock of a repo, or of a name that a repo is to have. What a dead process left there is mended. */
export function takeRepoLock(parts: DiskParts, key: RepoKey, signal?: AbortSignal): Promise<AsyncDisposable> {
  const { layout, locks } = parts;
  const recover = async () => {
    await new RefStore(layout.gitdir(key)).removeLeftLocks();
    await removeUnfinishedFiles(layout.namespace(key), layout.gitdir(key));
  };
  return locks.take(layout.lock(key), { recover, signal });
}

/** Takes the locks of two names: always in the same order, so that nobody waits for each other. */
export async function takeRepoLocks(
  parts: DiskParts,
  keys: readonly [RepoKey, RepoKey],
  signal?: AbortSignal,
): Promise<AsyncDisposable> {
  const place = (key: RepoKey) => parts.layout.lock(key);
  const [first, second] = place(keys[0]) < place(keys[1]) ? keys : [keys[1], keys[0]];
  const outer = await takeRepoLock(parts, first, signal);
  try {
    const inner = await takeRepoLock(parts, second, signal);
    return {
      [Symbol.asyncDispose]: async () => {
        await using _outer = outer;
        await inner[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await outer[Symbol.asyncDispose]();
    throw error;
  }
}
