import { PackageCache } from "../../cache/package-cache.ts";
import { LockError } from "../../errors/lock-error.ts";
import { HubClient } from "../../http/hub-client.ts";
import type { LockEntry } from "../../lock/lock-data.ts";
import { resolvedFromLock } from "../../lock/resolved-from-lock.ts";
import { LockFile } from "../../lock/lock-file.ts";
import { formatRef, type HubRef } from "../../ref/ref.ts";
import { readPublished } from "../../resolve/published-package.ts";
import type { ResolvedRef } from "../../ref/resolved-ref.ts";
import { resolveRef } from "../../resolve/resolve-ref.ts";
import { versionWarnings } from "../../resolve/version-warnings.ts";
import { checkTag } from "./check-tag.ts";
import { notLocked } from "./not-locked.ts";
import type { OpenOptions } from "./open-options.ts";

/** What is found out of a package while it is loaded, and kept in the lock file. */
export type LockedFacts = Pick<LockEntry, "kind" | "integrity" | "permissions" | "declarations" | "signedBy">;

/** A ref of a hub on its way: what the lock file says of it, and the commit that it stands for. */
export interface BegunLoad {
  /** The ref as the lock file knows it. */
  key: string;
  client: HubClient;
  cache: PackageCache;
  resolved: ResolvedRef;
  /** Pins the package: what is loaded must be this. Absent for a ref that is new, or resolved anew. */
  entry: LockEntry | undefined;
  /** What the lock file held before: the entry, or the one that is to be replaced. */
  previous: LockEntry | undefined;
  /**
   * Writes the lock file, where one was named and does not hold the ref yet; to be called when nothing else stands
   * against the package.
   *
   * @throws LockError as `LockFile` does; `LOCK_BUSY` when another process locked the ref to something else meanwhile.
   */
  keep(facts: LockedFacts): Promise<void>;
}

/**
 * Finds the commit that a ref stands for: the lock file's where it holds the ref, else the version that fits now.
 *
 * @param isCached - Tells whether the package of a commit is on this machine: one that is locked and cached needs no
 *   network.
 * @throws LockError `LOCK_ENTRY_MISSING`, `LOCK_OTHER_HUB`, `LOCK_TAG_MOVED`, and those of `LockFile`; and as
 *   `resolveRef` does.
 */
export async function beginLoad(
  ref: HubRef,
  options: OpenOptions,
  isCached: (cache: PackageCache, resolved: ResolvedRef) => Promise<boolean>,
): Promise<BegunLoad> {
  const client = new HubClient(options);
  const cache = new PackageCache(options.cacheDir, client.hubUrl);
  const lock = options.lockFile === undefined ? undefined : new LockFile(options.lockFile);
  const { tool: _tool, ...withoutTool } = ref;
  const key = formatRef(withoutTool);
  const previous = await lock?.entry(key);
  // Also where it is locked anew: what was granted to a package of one hub is not granted to that name on another.
  if (previous && previous.hub !== client.hubUrl) throw otherHub(key, previous, client);
  const entry = options.update && !options.frozen ? undefined : previous;
  if (!entry && options.frozen) throw notLocked(key, options.lockFile);
  const resolved = entry ? resolvedFromLock(key, ref, entry) : await resolveRef(client, withoutTool, options);
  const isWarm = entry !== undefined && (await isCached(cache, resolved));
  if (entry && !isWarm) await checkPublished(client, key, resolved, options);
  const keep = async (facts: LockedFacts): Promise<void> => {
    if (!isWarm) await cache.writeRef(resolved);
    if (entry || !lock) return;
    const { repoType, repo, commit, version } = resolved;
    const pinned = { repoType, repo, ...(version !== undefined && { version }), commit };
    const made: LockEntry = { hub: client.hubUrl, ...pinned, ...facts };
    if (options.update) return lock.replace({ [key]: made });
    const held = await lock.add(key, made);
    if (held.commit !== commit || held.hub !== client.hubUrl) throw overtaken(key, held, made);
  };
  return { key, client, cache, resolved, entry, previous, keep };
}

/** What the hub says of a locked version, before anything of it is downloaded. */
async function checkPublished(
  client: HubClient,
  key: string,
  resolved: ResolvedRef,
  options: OpenOptions,
): Promise<void> {
  if (resolved.version === undefined) return;
  const published = await readPublished(client, resolved, options);
  checkTag(resolved, published.versions);
  for (const warning of versionWarnings(key, resolved.repo, published, resolved.version)) options.onWarning?.(warning);
}

function otherHub(ref: string, entry: LockEntry, client: HubClient): LockError {
  return new LockError(
    `${ref} is locked to ${entry.hub}, and the hub that is asked is ${client.hubUrl}: set the hub's address ` +
      `(HF_ENDPOINT, or hubUrl), or lock it anew: smoltools remove ${ref}, then smoltools add ${ref}`,
    { code: "LOCK_OTHER_HUB", data: { ref, locked: entry.hub, hub: client.hubUrl } },
  );
}

function overtaken(ref: string, held: LockEntry, made: LockEntry): LockError {
  const name = (entry: LockEntry) => entry.version ?? entry.commit;
  return new LockError(
    `${ref} was locked to ${name(held)} by another process, while this one was about to lock it to ${name(made)}: try again`,
    { code: "LOCK_BUSY", data: { ref, held: held.commit, made: made.commit } },
  );
}
