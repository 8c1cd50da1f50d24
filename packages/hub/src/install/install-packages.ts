import { HubClient } from "../http/hub-client.ts";
import type { OpenOptions } from "../load/open/open-options.ts";
import { mapLimited } from "../shared/map-limited.ts";
import { chooseLocked } from "./choose-locked.ts";
import { hubRef } from "./hub-ref.ts";
import type { InstalledPackage } from "./installed-package.ts";
import { openAny } from "./open-any.ts";

/** How many packages are installed at the same time. */
const parallelPackages = 4;

/** Options of {@link installPackages}. */
export interface InstallOptions extends OpenOptions {
  /** Path of the lock file. */
  lockFile: string;
}

/** What an installation did. */
export interface InstallResult {
  installed: InstalledPackage[];
  /** Refs of the lock file that are locked to other hubs, and were left alone. */
  otherHubs: string[];
}

/**
 * Brings packages onto this machine: all files, each verified against the lock file; of an agent with its tools' packages
 * and the agents that it manages. What is locked is installed exactly as locked; what is in the cache needs no network.
 *
 * @param refs - Refs that are locked, or that are to be locked now; absent for everything in the lock file.
 * @throws PackageError, LockError, PermissionError, SignatureError, HubError, AgentFileError; see their tables of codes.
 */
export async function installPackages(
  refs: readonly string[] | undefined,
  options: InstallOptions,
): Promise<InstallResult> {
  const { hubUrl } = new HubClient(options);
  const { locked, otherHubs } = refs
    ? { locked: refs.map((text) => ({ ref: hubRef(text, hubUrl) })), otherHubs: [] }
    : await chooseLocked(options.lockFile, undefined, hubUrl);
  const installed = await mapLimited(locked, parallelPackages, async ({ ref }): Promise<InstalledPackage> => {
    options.signal?.throwIfAborted();
    const { added, download } = await openAny(ref, options);
    return { ...added, files: await download() };
  });
  return { installed, otherHubs };
}
