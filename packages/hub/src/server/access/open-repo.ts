import type { Hub } from "../hub.ts";
import { HubServerError } from "../hub-server-error.ts";
import { type RepoKey, repoId } from "../repo/repo-key.ts";
import type { RepoStore } from "../storage/hub-storage.ts";
import { maySee, type Viewer, writeProblem } from "./viewer.ts";

/**
 * Opens a repo for reading.
 *
 * @throws HubServerError `HUB_REPO_NOT_FOUND` for missing ones, and for those that the viewer may not see: the two
 * cannot be told apart.
 */
export async function openReadable(hub: Hub, viewer: Viewer | undefined, key: RepoKey): Promise<RepoStore> {
  const repo = await hub.storage.openRepo(key);
  if (repo && maySee(viewer, repo.record, hub.anonymousRead)) return repo;
  throw new HubServerError(
    "HUB_REPO_NOT_FOUND",
    viewer
      ? `There is no ${key.type} ${repoId(key)}, or you may not see it.`
      : "There is no such repo, or it needs a token.",
  );
}

/**
 * Opens a repo for changes.
 *
 * @throws HubServerError `HUB_REPO_NOT_FOUND` as above, `HUB_UNAUTHENTICATED` or `HUB_FORBIDDEN`.
 */
export async function openWritable(
  hub: Hub,
  viewer: Viewer | undefined,
  key: RepoKey,
): Promise<{ repo: RepoStore; viewer: Viewer }> {
  const repo = await openReadable(hub, viewer, key);
  return { repo, viewer: checkWriter(viewer, key.namespace) };
}

/**
 * Makes sure that the viewer may change the repos of a namespace.
 *
 * @throws HubServerError `HUB_UNAUTHENTICATED` or `HUB_FORBIDDEN`.
 */
export function checkWriter(viewer: Viewer | undefined, namespace: string): Viewer {
  if (!viewer) {
    throw new HubServerError("HUB_UNAUTHENTICATED", "This needs a token: send it as 'Authorization: Bearer hf_...'.");
  }
  const problem = writeProblem(viewer, namespace);
  if (problem) throw new HubServerError("HUB_FORBIDDEN", problem);
  return viewer;
}
