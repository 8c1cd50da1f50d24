import { HubClient } from "../http/hub-client.ts";
import { openFromHub } from "../load/open-from-hub.ts";
import type { OpenOptions } from "../load/open-options.ts";
import type { Permissions } from "../manifest/permissions.ts";
import { mapLimited } from "../shared/map-limited.ts";
import { chooseLocked } from "./choose-locked.ts";
import { hubRef } from "./hub-ref.ts";

/** How many packages are installed at the same time. */
const parallelPackages = 4;

/** Options of {@link installPackages}. */
export interface InstallOptions extends OpenOptions {
  /** Path of the lock file. */
  lockFile: string;
}

/** A package whose files are all on this machine, verified. */
export interface InstalledPackage {
  /** The ref as the lock file knows it. */
  ref: string;
  name: string;
  version: string;
  /** 40 hexadecimal digits. */
  commit: string;
  integrity: string;
  permissions: Permissions;
  /** How many files it has. */
  files: number;
  /** True when the lock file held it before. */
  wasLocked: boolean;
}

/** What an installation did. */
export interface InstallResult {
  installed: InstalledPackage[];
  /** Refs of agents: they are downloaded when they are loaded. */
  agents: string[];
  /** Refs of the lock file that are locked to other hubs, and were left alone. */
  otherHubs: string[];
}

/**
 * Brings packages onto this machine: all files, each verified against the lock file. What is locked is installed exactly
 * as locked; what is in the cache needs no network.
 *
 * @param refs - Refs that are locked, or that are to be locked now; absent for everything in the lock file.
 * @throws PackageError, LockError, PermissionError, SignatureError, HubError; see their tables of codes.
 */
export async function installPackages(
  refs: readonly string[] | undefined,
  options: InstallOptions,
): Promise<InstallResult> {
  const { hubUrl } = new HubClient(options);
  const { locked, agents, otherHubs } = refs
    ? { locked: refs.map((text) => ({ ref: hubRef(text, hubUrl) })), agents: [], otherHubs: [] }
    : await chooseLocked(options.lockFile, undefined, hubUrl);
  const installed = await mapLimited(locked, parallelPackages, async ({ ref }): Promise<InstalledPackage> => {
    options.signal?.throwIfAborted();
    const { key, manifest, resolved, permissions, wasLocked, all } = await openFromHub(ref, options);
    const { size } = await all({ signal: options.signal });
    const { name, version, integrity } = manifest;
    return { ref: key, name, version, commit: resolved.commit, integrity, permissions, files: size, wasLocked };
  });
  return { installed, agents: agents.map(({ key }) => key), otherHubs };
}
