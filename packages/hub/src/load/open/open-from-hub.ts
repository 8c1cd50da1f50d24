import { checkLock } from "../../lock/check-lock.ts";
import { manifestName } from "../../manifest/manifest.ts";
import type { Permissions } from "../../manifest/permissions.ts";
import { declarationsFingerprint } from "../../integrity/manifest-integrity.ts";
import { grantPermissions } from "../../permissions/grant-permissions.ts";
import { type FetchedTool, fetchPackageOrTool } from "../python/fetch-tool-file.ts";
import { toolFileName } from "../python/tool-file-manifest.ts";
import type { HubRef } from "../../ref/ref.ts";
import { type BegunLoad, beginLoad } from "./begin-load.ts";
import { checkPackageSignature } from "./check-package-signature.ts";
import type { OpenOptions } from "./open-options.ts";

/** A package of a hub that was found, verified and granted what it asks for. Nothing of it runs yet. */
export interface OpenedPackage extends FetchedTool, Pick<BegunLoad, "key" | "client"> {
  /** What it may do. */
  permissions: Permissions;
  /** True when the lock file held it before. */
  wasLocked: boolean;
  /** Id of the key that signed it. */
  signedBy: string | undefined;
}

/**
 * Opens a package of a hub: at the lock file's commit where it holds the ref, else in the version that fits. Only its
 * manifest is downloaded, and its signature.
 *
 * @throws PackageError, LockError, PermissionError, SignatureError, HubError; see their tables of codes.
 */
export async function openFromHub(ref: HubRef, options: OpenOptions): Promise<OpenedPackage> {
  return finishOpening(await beginOpening(ref, options), options);
}

/** The first half: finds the commit. */
export function beginOpening(ref: HubRef, options: OpenOptions): Promise<BegunLoad> {
  return beginLoad(
    ref,
    options,
    async (cache, at) => (await cache.has(at, manifestName)) || cache.has(at, toolFileName),
  );
}

/** The second half: verifies the package, asks for permissions, and locks it. */
export async function finishOpening(begun: BegunLoad, options: OpenOptions): Promise<OpenedPackage> {
  const { key, client, cache, resolved, entry, previous } = begun;
  const fetched = await fetchPackageOrTool(client, cache, resolved, {
    signal: options.signal,
    grant: options.permissions,
    granted: previous?.permissions,
    locked: entry?.integrity,
    ...(entry && { accept: (manifest) => checkLock(key, entry, manifest) }),
  });
  const { manifest } = fetched;
  const signature = await checkPackageSignature(fetched, { ...options, hubUrl: client.hubUrl });
  // What was granted when it was locked holds, unless the caller now grants less.
  const { permissions: declared, integrity, tools } = manifest;
  const permissions = await grantPermissions(key, declared, options.permissions, previous?.permissions);
  await begun.keep({
    integrity,
    permissions,
    declarations: declarationsFingerprint(tools),
    ...(signature && { signedBy: signature.keyId }),
  });
  return { ...fetched, key, client, permissions, wasLocked: entry !== undefined, signedBy: signature?.keyId };
}
