import satisfies from "semver/functions/satisfies.js";
import validRange from "semver/ranges/valid.js";
import { LockError } from "../errors/lock-error.ts";
import type { HubRef } from "../ref/ref.ts";
import type { ResolvedRef } from "../ref/resolved-ref.ts";
import type { LockEntry } from "./lock-data.ts";

/**
 * What a locked ref stands for: no hub is asked.
 *
 * @throws LockError `LOCK_INVALID` when the entry is one of another package, or of a version that the ref excludes.
 */
export function resolvedFromLock(key: string, ref: HubRef, entry: LockEntry): ResolvedRef {
  const { repoType, repo, commit, version } = entry;
  const range = ref.revision === undefined ? null : validRange(ref.revision);
  const fits =
    repo === ref.repo &&
    repoType === ref.repoType &&
    (version === undefined || range === null || satisfies(version, range)) &&
    (!/^[0-9a-f]{40}$/.test(ref.revision ?? "") || ref.revision === commit);
  if (fits) return { repoType, repo, commit, ...(version !== undefined && { version, name: `v${version}` }) };
  throw new LockError(
    `The lock file has ${repo} ${version ?? commit} for ${key}, which does not fit: it was edited or merged wrongly. ` +
      `Restore the entry, or lock it anew: smoltools remove ${key}, then smoltools add ${key}`,
    { code: "LOCK_INVALID", data: { ref: key, repo, version } },
  );
}
