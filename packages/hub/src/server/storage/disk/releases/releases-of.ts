import { isReleaseTag } from "../../../repo/release-tag.ts";
import { repoPath } from "../../../repo/repo-key.ts";
import type { RepoRecord } from "../../hub-storage.ts";
import type { ObjectStore } from "../objects/object-store.ts";
import type { RefStore } from "../refs/ref-store.ts";
import type { Release } from "./release-log-file.ts";

/** How the release log, which everybody may read, names a repo: a private one by its random id. */
export function releaseName(record: RepoRecord): string {
  return record.private ? `private/${record.id}` : repoPath(record);
}

/** The released versions of a repo. */
export async function releasesOf(objects: ObjectStore, refs: RefStore): Promise<Release[]> {
  const releases: Release[] = [];
  for (const [tag, { oid, commit }] of await refs.targets("tags")) {
    if (isReleaseTag(tag)) releases.push({ tag, commit: commit ?? (await objects.commit(oid)).oid });
  }
  return releases;
}
