import { HubServerError } from "../../hub-server-error.ts";
import { type RepoKey, repoId } from "../../repo/repo-key.ts";
import type { RepoRecord, RepoSettings } from "../hub-storage.ts";
import { flush } from "./files/atomic-write.ts";
import { checkNameIsFree, renameRepo } from "./build-repo.ts";
import type { DiskParts } from "./disk-parts.ts";
import { GitRepo } from "./git-repo.ts";
import { releaseName, releasesOf } from "./releases/releases-of.ts";
import { takeRepoLock, takeRepoLocks } from "./locks/take-repo-lock.ts";

/**
 * Gives a repo another name. It waits while the whole hub is copied.
 *
 * The releases go to the log under the new name first: a crash in between leaves entries that the next try finds there.
 * The move itself is one step: the folder is renamed, and the name of the folder is the name of the repo.
 */
export async function moveRepo(
  parts: DiskParts,
  from: RepoKey,
  to: RepoKey,
  options: { released: boolean; signal?: AbortSignal },
): Promise<RepoRecord> {
  const { layout, records } = parts;
  if (from.type !== to.type) throw badMove("a repo keeps its type");
  if (repoId(from).toLowerCase() === repoId(to).toLowerCase()) throw badMove("the names differ in case at most");
  await using _lock = await parts.locks.take(layout.moveLock, { signal: options.signal });
  await using _locks = await takeRepoLocks(parts, [from, to], options.signal);
  const record = await readRecord(parts, from);
  const moved: RepoRecord = { ...record, namespace: to.namespace, name: to.name };
  await checkNameIsFree(parts, moved);
  const { objects, gitRefs } = new GitRepo(record, parts);
  const releases = await releasesOf(objects, gitRefs);
  if (releases.length > 0 && !options.released) {
    throw new HubServerError(
      "HUB_RELEASE_IMMUTABLE",
      `${repoId(from)} has released versions (${releases[0]?.tag}): others may depend on them. Only an admin may move it.`,
    );
  }
  await parts.releases.append(releaseName(moved), releases);
  await renameRepo(parts, layout.gitdir(from), moved);
  await flush(layout.namespace(from));
  await records.write(layout.gitdir(to), moved);
  return moved;
}

/** Changes the settings of a repo. With its visibility the name changes that the release log has for it. */
export async function updateRepo(
  parts: DiskParts,
  key: RepoKey,
  settings: RepoSettings,
  signal?: AbortSignal,
): Promise<RepoRecord> {
  await using _lock = await takeRepoLock(parts, key, signal);
  const record = await readRecord(parts, key);
  const changed: RepoRecord = { ...record, ...settings };
  if (releaseName(changed) !== releaseName(record)) {
    const { objects, gitRefs } = new GitRepo(record, parts);
    await parts.releases.append(releaseName(changed), await releasesOf(objects, gitRefs));
  }
  await parts.records.write(parts.layout.gitdir(key), changed);
  return changed;
}

async function readRecord({ records }: DiskParts, key: RepoKey): Promise<RepoRecord> {
  const record = await records.read(key);
  if (record) return record;
  throw new HubServerError("HUB_REPO_NOT_FOUND", `There is no ${key.type} ${repoId(key)}.`);
}

function badMove(problem: string): HubServerError {
  return new HubServerError("HUB_BAD_REQUEST", `The repo cannot be moved: ${problem}.`);
}
