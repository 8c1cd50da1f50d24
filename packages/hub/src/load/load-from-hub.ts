import type { ToolOrigin } from "@smoltools/core";
import { PackageCache } from "../cache/package-cache.ts";
import { LockError } from "../errors/lock-error.ts";
import { HubClient } from "../http/hub-client.ts";
import { checkLock } from "../lock/check-lock.ts";
import { lockEntry, resolvedFromLock } from "../lock/lock-entry.ts";
import { type LockEntry, LockFile } from "../lock/lock-file.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { grantPermissions } from "../permissions/grant.ts";
import { formatRef, type HubRef } from "../ref/ref.ts";
import { resolveRef } from "../resolve/resolve.ts";
import { checkTag } from "./check-tag.ts";
import { fetchPackage } from "./fetch-package.ts";
import type { LoadedPackage } from "./loaded-package.ts";
import type { LoadOptions } from "./load-options.ts";
import { notLocked } from "./not-locked.ts";
import { startPackage } from "./start-package.ts";

/** Loads a package of a hub: from the lock file's commit where it holds the ref, else from the version that fits. */
export async function loadFromHub(ref: HubRef, options: LoadOptions): Promise<LoadedPackage> {
  const client = new HubClient(options);
  const cache = new PackageCache(options.cacheDir, client.hubUrl);
  const lock = options.lockFile === undefined ? undefined : new LockFile(options.lockFile);
  const { tool: _tool, ...withoutTool } = ref;
  const key = formatRef(withoutTool);
  const entry = options.update ? undefined : await lock?.entry(key);
  if (!entry && options.frozen) throw notLocked(key, options.lockFile);
  if (entry && entry.hub !== client.hubUrl) throw otherHub(key, entry, client);
  const resolved = entry ? resolvedFromLock(key, ref, entry) : await resolveRef(client, ref, options);
  if (entry) await checkTag(client, cache, resolved, options);
  const fetched = await fetchPackage(client, cache, resolved, {
    signal: options.signal,
    ...(entry && { accept: (manifest: Manifest) => checkLock(key, entry, manifest) }),
  });
  const { manifest } = fetched;
  // What was granted when it was locked holds, unless the caller now grants less.
  const permissions = grantPermissions(key, manifest.permissions, options.permissions ?? entry?.permissions);
  if (!entry) {
    await cache.writeRef(resolved);
    await lock?.write(key, lockEntry(client.hubUrl, resolved, manifest));
  }
  const origin: ToolOrigin = {
    kind: "hub",
    hub: client.hubUrl,
    ref: key,
    repo: resolved.repo,
    ...(resolved.version !== undefined && { version: resolved.version }),
    commit: resolved.commit,
    integrity: manifest.integrity,
  };
  return { ...startPackage(fetched, permissions, origin, options), resolved };
}

function otherHub(ref: string, entry: LockEntry, client: HubClient): LockError {
  return new LockError(
    `${ref} is locked to ${entry.hub}, not ${client.hubUrl}: set the hub's address, or lock it anew`,
    {
      code: "LOCK_INTEGRITY",
      data: { ref, locked: entry.hub, hub: client.hubUrl },
    },
  );
}
