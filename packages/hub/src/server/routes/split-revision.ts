import { HubServerError } from "../hub-server-error.ts";
import { maxRefNameBytes } from "../repo/ref-name.ts";
import type { RepoStore } from "../storage/hub-storage.ts";

/** Most pieces of a revision: the longest name of a ref is one of letters and slashes by turns, behind `refs/heads/`. */
const maxPieces = Math.ceil(maxRefNameBytes / 2) + 2;

/** A revision, the commit that it means, and the path behind it. */
export interface RevisionPath {
  revision: string;
  commit: string;
  /** `""` for the root. */
  path: string;
}

/**
 * Tells where in an address the revision ends and the path begins.
 *
 * A branch `feat/x` comes as one piece or as two, depending on the client. No two refs of a repo are such that one is
 * a folder of the other, so at most one beginning is a ref. Only the first digits of a commit id could also be the
 * first piece of a branch: the branch wins.
 *
 * @param pieces - The decoded pieces behind `tree`, `resolve` and so on.
 * @throws HubServerError `HUB_REVISION_NOT_FOUND`.
 */
export async function splitRevision(repo: RepoStore, pieces: readonly string[]): Promise<RevisionPath> {
  const lengths = pieces.slice(0, maxPieces).map((_, index) => index + 1);
  if (/^[0-9a-f]{5,39}$/i.test(pieces[0] ?? "")) lengths.push(...lengths.splice(0, 1));
  for (const length of lengths) {
    const revision = pieces.slice(0, length).join("/");
    const commit = await repo.resolve(revision);
    if (commit !== undefined) return { revision, commit, path: pieces.slice(length).join("/").replace(/\/+$/, "") };
  }
  throw revisionNotFound(pieces[0] ?? "");
}

/**
 * The commit that a revision means.
 *
 * @throws HubServerError `HUB_REVISION_NOT_FOUND`.
 */
export async function resolveOrThrow(repo: RepoStore, revision: string): Promise<string> {
  const commit = await repo.resolve(revision);
  if (commit === undefined) throw revisionNotFound(revision);
  return commit;
}

function revisionNotFound(revision: string): HubServerError {
  return new HubServerError("HUB_REVISION_NOT_FOUND", `There is no branch, tag or commit ${revision}.`);
}
