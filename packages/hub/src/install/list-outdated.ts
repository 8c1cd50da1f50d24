import { isSmoltoolsError, type SmoltoolsError } from "@smoltools/core";
import gt from "semver/functions/gt.js";
import { type HubCallOptions, HubClient, type HubConnection } from "../http/hub-client.ts";
import type { LockEntry } from "../lock/lock-data.ts";
import type { Deprecation, Withdrawal } from "../registry/registry-file.ts";
import { chooseVersion } from "../resolve/choose-version.ts";
import type { PublishedPackage } from "../resolve/published-package.ts";
import type { ResolvedRef } from "../ref/resolved-ref.ts";
import { chooseRevision } from "../resolve/resolve-ref.ts";
import { mapLimited } from "../shared/map-limited.ts";
import { chooseLocked, type LockedRef } from "./choose-locked.ts";
import { PublishedOnce } from "./published-once.ts";

/** How many packages are looked at at the same time. */
const parallelPackages = 8;

/** Options of {@link listOutdated}. */
export interface OutdatedOptions extends HubConnection, HubCallOptions {
  /** Path of the lock file. */
  lockFile: string;
}

/** What became of a ref since it was locked. */
export interface OutdatedRef {
  ref: string;
  /** The version that is locked; the commit for a ref that led to none. */
  locked: string;
  /** What an update would lock. Absent where nothing fits any more. */
  wanted?: string;
  /** The newest version there is. Absent where there is none. */
  latest?: string;
  /** The version that is locked was withdrawn. */
  yanked?: Withdrawal;
  /** The version that is locked, or the whole package, has a better successor. */
  deprecated?: Deprecation;
  /** Why there is nothing that an update could lock, or why the package cannot be read. */
  problem?: SmoltoolsError;
}

/** What {@link listOutdated} found. */
export interface OutdatedResult {
  /** Refs that an update would change, that were withdrawn, or of which there is a newer version. */
  outdated: OutdatedRef[];
  /** How many refs were looked at. */
  count: number;
  /** Refs that are locked to other hubs, and were not looked at. */
  otherHubs: string[];
}

/**
 * Tells which refs of a lock file have something newer, or were withdrawn. Two requests for each package.
 *
 * @param refs - Absent for all.
 * @throws LockError, HubError.
 */
export async function listOutdated(
  refs: readonly string[] | undefined,
  options: OutdatedOptions,
): Promise<OutdatedResult> {
  const client = new HubClient(options);
  const { locked, otherHubs } = await chooseLocked(options.lockFile, refs, client.hubUrl);
  const published = new PublishedOnce(client, options);
  const rows = await mapLimited(locked, parallelPackages, async (each): Promise<OutdatedRef | undefined> => {
    try {
      return rowOf(each, await published.of(each.ref));
    } catch (error) {
      if (!isSmoltoolsError(error, "HUB_REPO_NOT_FOUND")) throw error;
      return { ref: each.key, locked: nameOf(each.entry), problem: error };
    }
  });
  return { outdated: rows.filter((row) => row !== undefined), count: rows.length, otherHubs };
}

function rowOf(locked: LockedRef, published: PublishedPackage): OutdatedRef | undefined {
  const { key, entry } = locked;
  const { resolved, problem } = wantedOf(locked, published);
  const latest = chooseVersion(published.versions, undefined)?.version;
  const status = published.versions.find(({ version }) => version === entry.version);
  const yanked = status?.yanked;
  const deprecated = status?.deprecated ?? published.deprecated;
  const isBehind = entry.version !== undefined && latest !== undefined && gt(latest, entry.version);
  if (resolved?.commit === entry.commit && !isBehind && !yanked && !deprecated) return undefined;
  return {
    ref: key,
    locked: nameOf(entry),
    ...(resolved && { wanted: nameOf(resolved) }),
    ...(latest !== undefined && { latest }),
    ...(yanked && { yanked }),
    ...(deprecated && { deprecated }),
    ...(problem && { problem }),
  };
}

/** What an update would lock. */
export function wantedOf(
  { ref, entry }: LockedRef,
  published: PublishedPackage,
): { resolved?: ResolvedRef; problem?: SmoltoolsError } {
  if (ref.revision === entry.commit) return { resolved: entry };
  try {
    return { resolved: chooseRevision(published, ref).resolved };
  } catch (error) {
    if (!isSmoltoolsError(error)) throw error;
    return { problem: error };
  }
}

/** A version, or the commit of what is none. */
function nameOf({ version, commit }: Pick<LockEntry, "version" | "commit">): string {
  return version ?? commit.slice(0, 12);
}
