import type { Entry, RepoStore } from "../../storage/hub-storage.ts";

/**
 * Files and folders as `tree` and `paths-info` list them. Protocol section 1.6.
 *
 * @param commit - The commit in which they are.
 * @param expand - Also say which commit changed them last.
 */
export async function entryItems(
  repo: RepoStore,
  commit: string,
  entries: readonly Entry[],
  expand: boolean,
): Promise<object[]> {
  const paths = entries.map(({ path }) => path);
  const last = expand ? await repo.lastCommits(commit, paths) : undefined;
  const items: object[] = [];
  for (const { type, oid, path } of entries) {
    const changed = last?.get(path);
    items.push({
      type,
      oid,
      path,
      ...(type === "file" ? await fileFields(repo, oid) : { size: 0 }),
      ...(changed && {
        lastCommit: { id: changed.oid, title: changed.title, date: new Date(changed.committedAt).toISOString() },
      }),
    });
  }
  return items;
}

/** Never with `xetHash`: the Python client would ask for the file by Xet. */
async function fileFields(repo: RepoStore, blob: string): Promise<object> {
  const blobSize = await repo.blobSize(blob);
  const object = await repo.lfsObject(blob);
  if (!object) return { size: blobSize };
  const { oid, size } = object;
  return { size, lfs: { oid, size, pointerSize: blobSize } };
}
