import type { ManifestFile } from "../manifest/manifest.ts";
import { sha256 } from "../integrity/hash.ts";
import { type CachedPackage, type CacheOptions, listCache } from "./list-cache.ts";
import { readUntouched } from "./read-untouched.ts";
import type { SnapshotFile } from "./snapshot-files.ts";

/** A file in the cache that is not the one that its package names. */
export interface DamagedFile {
  package: CachedPackage;
  path: string;
  /** Where it is on this machine. */
  location: string;
}

/** What {@link verifyCache} found. */
export interface CacheVerification {
  /** How many packages, and files of them, were looked at. */
  packages: number;
  files: number;
  damaged: DamagedFile[];
}

/**
 * Hashes every file of every package of smoltools in the cache. What is damaged is told, and stays: loading the package
 * downloads it anew, because nothing is used unverified.
 */
export async function verifyCache(options: CacheOptions = {}): Promise<CacheVerification> {
  const packages = await listCache(options);
  const result: CacheVerification = { packages: packages.length, files: 0, damaged: [] };
  for (const each of packages) {
    for (const file of each.files) {
      options.signal?.throwIfAborted();
      const isManifest = file.path === each.manifestPath;
      const expected = expectedFile(each, file.path);
      // Files that the manifest does not list are none of the package's: registry.json, the hub's own.
      if (!isManifest && !expected) continue;
      result.files++;
      if (isManifest ? each.isIntact : expected && (await isIntact(file, expected))) continue;
      result.damaged.push({ package: each, path: file.path, location: file.location });
    }
  }
  return result;
}

function expectedFile({ manifest: { files } }: CachedPackage, path: string): ManifestFile | undefined {
  return Object.hasOwn(files, path) ? files[path] : undefined;
}

async function isIntact(file: SnapshotFile, expected: ManifestFile): Promise<boolean> {
  return file.bytes === expected.size && sha256(await readUntouched(file)) === expected.sha256;
}
