import type { Entry, RepoStore } from "../storage/hub-storage.ts";

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
    const size = type === "file" ? await repo.blobSize(oid) : 0;
    const changed = last?.get(path);
    items.push({
      type,
      oid,
      size,
      path,
      ...(changed && {
        lastCommit: { id: changed.oid, title: changed.title, date: new Date(changed.committedAt).toISOString() },
      }),
    });
  }
  return items;
}
