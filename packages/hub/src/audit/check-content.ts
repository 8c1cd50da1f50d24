import { errorMessage, isSmoltoolsError, type SmoltoolsError } from "@smoltools/core";
import type { PackageCache } from "../cache/package-cache.ts";
import type { HubClient } from "../http/hub-client.ts";
import type { LockedRef } from "../install/choose-locked.ts";
import { readManifest } from "../integrity/read-manifest.ts";
import { verifyFile } from "../integrity/verify-file.ts";
import { checkPackageSignature } from "../load/open/check-package-signature.ts";
import type { FetchedPackage } from "../load/open/fetch-package.ts";
import { checkLock } from "../lock/check-lock.ts";
import { packageLimits } from "../manifest/package-limits.ts";
import { type Manifest, manifestName } from "../manifest/manifest.ts";
import { fetchPackageOrTool } from "../load/python/fetch-tool-file.ts";
import { type AuditCode, type AuditFinding, finding } from "./audit-finding.ts";
import type { AuditOptions } from "./audit-packages.ts";

/** Where an audit looks. */
export interface AuditPlace {
  client: HubClient;
  cache: PackageCache;
  options: AuditOptions;
}

/** Looks at the content of a locked package: that of the hub and of the cache is what is locked, and so is its signature. */
export async function checkContent(locked: LockedRef, place: AuditPlace): Promise<AuditFinding[]> {
  const { key, entry } = locked;
  const { client, cache, options } = place;
  const damaged = await damagedFiles(locked, cache);
  const findings = damaged.map((path) =>
    finding(
      "CACHE_DAMAGED",
      key,
      `${path} in the cache is not the file of the package: smoltools install ${key} mends it`,
    ),
  );
  let fetched: FetchedPackage;
  try {
    fetched = await fetchPackageOrTool(client, cache, entry, {
      signal: options.signal,
      granted: entry.permissions,
      locked: entry.integrity,
      accept: (manifest) => checkLock(key, entry, manifest),
    });
  } catch (error) {
    return [...findings, finding(contentCode(error), key, errorMessage(error))];
  }
  try {
    await checkPackageSignature(fetched, { ...options, hubUrl: client.hubUrl });
  } catch (error) {
    findings.push(finding(signatureCode(error), key, errorMessage(error)));
  }
  return findings;
}

/** Files in the cache that are not those of the locked package. What is not there is not damaged. */
async function damagedFiles({ entry }: LockedRef, cache: PackageCache): Promise<string[]> {
  const bytes = await cache.read(entry, manifestName, packageLimits.maxManifestBytes);
  if (!bytes) return [];
  const source = `${entry.repo}@${entry.commit}`;
  let manifest: Manifest;
  try {
    manifest = readManifest(bytes, source);
  } catch {
    return [manifestName];
  }
  if (manifest.integrity !== entry.integrity) return [manifestName];
  const damaged: string[] = [];
  for (const [path, expected] of Object.entries(manifest.files)) {
    const file = await cache.read(entry, path);
    try {
      if (file) verifyFile(file, expected, path, source);
    } catch {
      damaged.push(path);
    }
  }
  return damaged;
}

/** What it means that a locked package cannot be read as it was locked. */
export function contentCode(error: unknown): AuditCode {
  if (!isSmoltoolsError(error)) throw error;
  if (isSmoltoolsError(error, "LOCK_PERMISSIONS_GROWN")) return "PERMISSIONS_GROWN";
  if (isOneOf(error, ["HUB_REPO_NOT_FOUND", "HUB_REVISION_NOT_FOUND"])) return "PACKAGE_GONE";
  if (error.code.startsWith("HUB_")) throw error;
  return "CONTENT_CHANGED";
}

/** What it means that a signature does not hold. */
export function signatureCode(error: unknown): AuditCode {
  if (!isSmoltoolsError(error) || !error.code.startsWith("SIGNATURE_")) throw error;
  return isOneOf(error, ["SIGNATURE_MISSING"]) ? "SIGNATURE_MISSING" : "SIGNATURE_INVALID";
}

function isOneOf({ code }: SmoltoolsError, codes: readonly string[]): boolean {
  return codes.includes(code);
}
