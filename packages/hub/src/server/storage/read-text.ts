import type { RepoStore } from "./hub-storage.ts";

/** The text of a file of a commit; `undefined` where there is none, or one that is larger. */
export async function readText(
  repo: RepoStore,
  commit: string,
  path: string,
  maxBytes: number,
): Promise<string | undefined> {
  const entry = await repo.entry(commit, path);
  if (entry?.type !== "file" || (await repo.blobSize(entry.oid)) > maxBytes) return undefined;
  return Buffer.from(await repo.blob(entry.oid)).toString("utf8");
}
