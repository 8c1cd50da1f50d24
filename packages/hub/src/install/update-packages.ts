import { isSmoltoolsError, type SmoltoolsError } from "@smoltools/core";
import lt from "semver/functions/lt.js";
import type { AgentManifest } from "../agents/manifest/agent-manifest.ts";
import { compareAgents } from "../agents/manifest/compare-agents.ts";
import { type BegunAgent, beginAgent, finishAgent } from "../agents/open-from-hub.ts";
import { readAnyAgentFile } from "../agents/source/read-agent-file.ts";
import { hubSource } from "../agents/source/hub-source.ts";
import { compareManifests } from "../compat/compare-manifests.ts";
import type { Compatibility } from "../compat/compatibility.ts";
import { HubClient } from "../http/hub-client.ts";
import type { BegunLoad } from "../load/open/begin-load.ts";
import { beginOpening, finishOpening } from "../load/open/open-from-hub.ts";
import type { LockEntry } from "../lock/lock-data.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { isEmpty, missingPermissions, noPermissions, type Permissions } from "../manifest/permissions.ts";
import { fetchPackageOrTool } from "../load/python/fetch-tool-file.ts";
import { chooseLocked, type LockedRef } from "./choose-locked.ts";
import type { InstallOptions } from "./install-packages.ts";
import { withoutSandbox } from "./open-any.ts";

/** Options of {@link updatePackages}. */
export interface UpdateOptions extends Omit<InstallOptions, "frozen"> {
  /** Say what would change, and change nothing. @default false */
  dryRun?: boolean;
}

/** What a ref stands for. */
export type UpdatePoint = Pick<LockEntry, "version" | "commit" | "integrity">;

/** What an update changes for one ref. */
export interface PackageUpdate {
  ref: string;
  before: UpdatePoint;
  after: UpdatePoint;
  /** The version that fits now is older than the one that was locked: that one was withdrawn, or is hidden. */
  isOlder: boolean;
  /** Permissions that it did not have before. */
  grown: Permissions;
  /** What changed for those who call its tools; absent where the old version cannot be had any more. */
  compatibility?: Compatibility;
}

/** What an update did, or would do. */
export interface UpdateResult {
  updated: PackageUpdate[];
  /** Refs that stay as they are. */
  unchanged: string[];
  /** Refs that should have been updated and could not be. The others are updated all the same. */
  failed: { ref: string; error: SmoltoolsError }[];
  /** Refs that are locked to other hubs, and were left alone. */
  otherHubs: string[];
}

/**
 * Locks refs anew, each in the newest version that fits it, one after another. Permissions that a ref did not have before
 * have to be granted.
 *
 * @param refs - Refs of the lock file; absent for all of them.
 * @throws LockError `LOCK_ENTRY_MISSING`, and as `LockFile` does. What stands against one ref is in the result.
 */
export async function updatePackages(
  refs: readonly string[] | undefined,
  options: UpdateOptions,
): Promise<UpdateResult> {
  const { hubUrl } = new HubClient(options);
  const { locked, otherHubs } = await chooseLocked(options.lockFile, refs, hubUrl);
  const result: UpdateResult = { updated: [], unchanged: [], failed: [], otherHubs };
  for (const each of locked) {
    try {
      const update = await (each.entry.kind === "agent" ? updateAgent(each, options) : updateTools(each, options));
      if (update) result.updated.push(update);
      else result.unchanged.push(each.key);
    } catch (error) {
      if (!isSmoltoolsError(error) || options.signal?.aborted) throw error;
      result.failed.push({ ref: each.key, error });
    }
  }
  return result;
}

async function updateTools({ ref, entry }: LockedRef, options: UpdateOptions): Promise<PackageUpdate | undefined> {
  const anew = { ...options, update: true };
  const begun = await beginOpening(ref, anew);
  const { key, client, cache, resolved } = begun;
  const granted = { signal: options.signal, granted: entry.permissions };
  const { manifest } = await fetchPackageOrTool(client, cache, resolved, granted);
  const grown = missingPermissions(manifest.permissions, entry.permissions);
  if (resolved.commit === entry.commit && isEmpty(grown)) return undefined;
  const old = await oldManifest(begun, entry, options);
  if (!options.dryRun) await finishOpening(begun, anew);
  return {
    ref: key,
    before: pointOf(entry),
    after: pointOf({ ...resolved, integrity: manifest.integrity }),
    isOlder: isOlder(resolved, entry),
    grown,
    ...(old && { compatibility: compareManifests(old, manifest) }),
  };
}

async function updateAgent({ ref, entry }: LockedRef, options: UpdateOptions): Promise<PackageUpdate | undefined> {
  const anew = withoutSandbox({ ...options, update: true });
  const agent = await beginAgent(ref, anew);
  const { key, resolved } = agent.begun;
  const manifest = agent.form === "smoltools" ? agent.file.manifest : undefined;
  const integrity = agent.form === "smoltools" ? agent.file.manifest.integrity : agent.files.integrity;
  const grown = manifest ? missingPermissions(manifest.permissions, entry.permissions) : noPermissions();
  if (resolved.commit === entry.commit && isEmpty(grown)) return undefined;
  const old = manifest && (await oldAgent(agent, entry, options));
  if (!options.dryRun) await (await finishAgent(agent, anew)).keep();
  return {
    ref: key,
    before: pointOf(entry),
    after: pointOf({ ...resolved, integrity }),
    isOlder: isOlder(resolved, entry),
    grown,
    ...(old && manifest && { compatibility: compareAgents(old, manifest) }),
  };
}

async function oldAgent(
  { begun: { client, cache } }: BegunAgent,
  entry: LockEntry,
  options: UpdateOptions,
): Promise<AgentManifest | undefined> {
  try {
    const source = hubSource(client, cache, entry, { signal: options.signal });
    const file = await readAnyAgentFile(source);
    return file?.manifest.integrity === entry.integrity ? file.manifest : undefined;
  } catch (error) {
    if (!isSmoltoolsError(error) || options.signal?.aborted) throw error;
    return undefined;
  }
}

/** The manifest that is locked now, from the cache if it is there. What is gone, or is another one now, is of no use. */
async function oldManifest(
  { client, cache }: BegunLoad,
  entry: LockEntry,
  options: UpdateOptions,
): Promise<Manifest | undefined> {
  const { repoType, repo, commit, version } = entry;
  const at = { repoType, repo, commit, ...(version !== undefined && { version }) };
  try {
    const { manifest } = await fetchPackageOrTool(client, cache, at, {
      signal: options.signal,
      granted: entry.permissions,
      locked: entry.integrity,
    });
    return manifest.integrity === entry.integrity ? manifest : undefined;
  } catch (error) {
    if (!isSmoltoolsError(error) || options.signal?.aborted) throw error;
    return undefined;
  }
}

function isOlder(now: Pick<LockEntry, "version">, before: Pick<LockEntry, "version">): boolean {
  return now.version !== undefined && before.version !== undefined && lt(now.version, before.version);
}

function pointOf({ version, commit, integrity }: UpdatePoint): UpdatePoint {
  return { ...(version !== undefined && { version }), commit, integrity };
}
