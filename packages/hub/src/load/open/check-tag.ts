import { LockError } from "../../errors/lock-error.ts";
import type { ResolvedRef } from "../../ref/resolved-ref.ts";
import type { PublishedVersion } from "../../registry/published-versions.ts";

/**
 * Checks that the tag of a locked version still points at the locked commit.
 *
 * @throws LockError `LOCK_TAG_MOVED`.
 */
export function checkTag(resolved: ResolvedRef, versions: readonly PublishedVersion[]): void {
  const { repo, commit, version } = resolved;
  const now = versions.find((each) => each.version === version);
  if (version === undefined || now?.commit === commit) return;
  throw new LockError(
    `The tag v${version} of ${repo} ${now ? `points at ${now.commit}` : "is gone"}; the lock file says ${commit}. ` +
      "A published version never changes: find out why before you use it",
    { code: "LOCK_TAG_MOVED", data: { repo, locked: commit, now: now?.commit } },
  );
}
