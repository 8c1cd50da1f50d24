import type { RepoStore } from "../../storage/hub-storage.ts";

/**
 * The files of a repo as `siblings` lists them. Protocol section 1.3.
 *
 * @param blobs - Say sizes and ids too.
 */
export async function siblings(repo: RepoStore, commit: string, blobs: boolean): Promise<object[]> {
  const found: object[] = [];
  for await (const entry of repo.entries(commit, "", { recursive: true })) {
    if (entry.type !== "file") continue;
    found.push({ rfilename: entry.path, ...(blobs && (await blobFields(repo, entry.oid))) });
  }
  return found;
}

async function blobFields(repo: RepoStore, oid: string): Promise<object> {
  const pointerSize = await repo.blobSize(oid);
  const object = await repo.lfsObject(oid);
  if (!object) return { size: pointerSize, blobId: oid };
  const { size, oid: sha256 } = object;
  return { size, blobId: oid, lfs: { size, sha256, pointerSize } };
}
