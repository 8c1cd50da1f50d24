import type { PackageCache } from "../cache/package-cache.ts";
import { LockError } from "../errors/lock-error.ts";
import type { HubCallOptions, HubClient } from "../http/hub-client.ts";
import { manifestName } from "../manifest/manifest.ts";
import type { ResolvedRef } from "../resolve/resolve.ts";
import { publishedVersions } from "../resolve/versions.ts";

/**
 * Checks that the tag of a locked version still points at the locked commit, before anything of it is downloaded. A
 * package that is in the cache needs no network.
 *
 * @throws LockError `LOCK_TAG_MOVED`.
 */
export async function checkTag(
  client: HubClient,
  cache: PackageCache,
  resolved: ResolvedRef,
  options: HubCallOptions,
): Promise<void> {
  if (resolved.version === undefined || (await cache.read(resolved, manifestName))) return;
  const { tags } = await client.refs(resolved, options);
  const now = publishedVersions(tags).find(({ version }) => version === resolved.version);
  if (now?.commit === resolved.commit) return;
  throw new LockError(
    `The tag ${resolved.name} of ${resolved.repo} ${now ? `points at ${now.commit}` : "is gone"}; the lock file says ` +
      `${resolved.commit}. A published version never changes: find out why before you use it`,
    { code: "LOCK_TAG_MOVED", data: { repo: resolved.repo, locked: resolved.commit, now: now?.commit } },
  );
}
