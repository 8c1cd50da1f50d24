import { isSmoltoolsError } from "@smoltools/core";
import type { PackageCache } from "../../cache/package-cache.ts";
import { PackageError } from "../../errors/package-error.ts";
import type { HubCallOptions, HubClient } from "../../http/hub-client.ts";
import { readManifest } from "../../integrity/read-manifest.ts";
import { verifyFile } from "../../integrity/verify-file.ts";
import { packageLimits } from "../../manifest/package-limits.ts";
import { type Manifest, manifestName } from "../../manifest/manifest.ts";
import type { ResolvedRef } from "../../ref/resolved-ref.ts";
import { maxEnvelopeBytes } from "../../signing/envelope.ts";
import { openSignature, type PackageSignature, signatureGone } from "../../signing/open-signature.ts";
import { signaturePath } from "../../signing/signature-path.ts";
import { readAll } from "./read-all.ts";
import { checkIdentity } from "./check-identity.ts";

/** Options of {@link fetchPackage}. */
export interface FetchPackageOptions extends HubCallOptions {
  /** Throws for a manifest that is not wanted: a cached one is then asked for once more. */
  accept?: (manifest: Manifest) => void;
}

/** A package of which the manifest is known and verified; its files are read when they are wanted. */
export interface FetchedPackage {
  resolved: ResolvedRef;
  manifest: Manifest;
  /** The manifest as it is in its file. */
  manifestBytes: Uint8Array;
  /**
   * Reads the signature of the manifest, which is one of it; `undefined` where the manifest names no keys.
   *
   * @throws SignatureError `SIGNATURE_MISSING`, `SIGNATURE_INVALID`.
   */
  signature(options?: HubCallOptions): Promise<PackageSignature | undefined>;
  /**
   * Reads a file of the package: from the cache if it is there, else from the hub; verified either way. It may be
   * long after the manifest was fetched, so the signal of that call plays no part.
   */
  file(path: string, options?: HubCallOptions): Promise<Uint8Array>;
  /** Reads all files, a few at a time: those that are not in the cache are downloaded. */
  all(options?: HubCallOptions): Promise<Map<string, Uint8Array>>;
}

/**
 * Gets a package's manifest, from the cache if it is there.
 *
 * A file that fails its check in the cache is downloaded once more and replaced; one that comes damaged from the hub is
 * an error, and nothing of it is kept.
 *
 * @throws PackageError `MANIFEST_MISSING`, `MANIFEST_MISMATCH` and those of `readManifest`; HubError.
 */
export async function fetchPackage(
  client: HubClient,
  cache: PackageCache,
  resolved: ResolvedRef,
  options: FetchPackageOptions = {},
): Promise<FetchedPackage> {
  const source = `${resolved.repo}@${resolved.version ?? resolved.commit.slice(0, 12)}`;
  const get = <T>(path: string, maxBytes: number, check: (bytes: Uint8Array) => T, call: HubCallOptions = {}) =>
    cachedFile(client, cache, resolved, path, maxBytes, check, call);
  const accepted = (bytes: Uint8Array) => {
    const manifest = readManifest(bytes, source);
    checkIdentity(manifest, resolved, source);
    options.accept?.(manifest);
    return { manifest, manifestBytes: bytes };
  };
  const { manifest, manifestBytes } = await get(manifestName, packageLimits.maxManifestBytes, accepted, options).catch(
    (error: unknown) => {
      throw isSmoltoolsError(error, "HUB_FILE_NOT_FOUND") ? manifestMissing(source, error) : error;
    },
  );
  const file = (path: string, call?: HubCallOptions) => {
    const expected = Object.hasOwn(manifest.files, path) ? manifest.files[path] : undefined;
    if (!expected) {
      throw new PackageError(`${source} has no file ${JSON.stringify(path)}`, {
        code: "MANIFEST_INVALID",
        data: { source, path },
      });
    }
    const verified = (bytes: Uint8Array) => {
      verifyFile(bytes, expected, path, source);
      return bytes;
    };
    return get(path, expected.size, verified, call);
  };
  const signature = async (call?: HubCallOptions) => {
    const { signers = [] } = manifest;
    if (signers.length === 0) return undefined;
    const open = (bytes: Uint8Array) => openSignature(bytes, { source, bytes: manifestBytes, signers });
    return get(signaturePath(manifestName), maxEnvelopeBytes, open, call).catch((error: unknown) => {
      throw isSmoltoolsError(error, "HUB_FILE_NOT_FOUND") ? signatureGone(source, error) : error;
    });
  };
  const all = (call?: HubCallOptions) => readAll(Object.keys(manifest.files), (path) => file(path, call));
  return { resolved, manifest, manifestBytes, signature, file, all };
}

/** A file of a commit, from the cache if it is there and `check` takes it, else from the hub. */
export async function cachedFile<T>(
  client: HubClient,
  cache: PackageCache,
  resolved: ResolvedRef,
  path: string,
  maxBytes: number,
  check: (bytes: Uint8Array) => T,
  options: HubCallOptions,
): Promise<T> {
  const cached = await cache.read(resolved, path, maxBytes);
  let damage: unknown;
  if (cached) {
    try {
      return check(cached);
    } catch (error) {
      damage = error;
    }
  }
  const found = await client.file(resolved, resolved.commit, path, maxBytes, options).catch((error: unknown) => {
    // Without the hub it cannot be mended: what is wrong with what is there says more than that there is no connection.
    throw damage !== undefined && isSmoltoolsError(error, "HUB_UNAVAILABLE") ? damage : error;
  });
  const checked = check(found.bytes);
  await cache.write(resolved, path, found.bytes, found.etag);
  return checked;
}

function manifestMissing(source: string, cause: unknown): PackageError {
  return new PackageError(`${source} has no ${manifestName}: it is not a smoltools package`, {
    code: "MANIFEST_MISSING",
    data: { source },
    cause,
  });
}
