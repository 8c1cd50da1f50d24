import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import { PlainFile } from "../shared/plain-file.ts";
import { archiveLimits } from "./archive-limits.ts";
import type { Archive, ArchivePart } from "./archive-part.ts";
import { archiveInvalid, archiveTooLarge } from "./archive-refusals.ts";
import { type BundleIndex, indexName, parseIndex, partFolder } from "./bundle-index.ts";
import { checkPart } from "./check-part.ts";
import { gunzip } from "./gzip.ts";
import { readTar } from "./read-tar.ts";

/** Options of {@link readArchive}. */
export interface ReadArchiveOptions {
  signal?: AbortSignal | undefined;
}

/**
 * Reads an archive that `writeArchive` has made, and verifies everything in it. Nothing is written to the disk.
 *
 * @param path - The file.
 * @throws ArchiveError `ARCHIVE_INVALID`; PackageError `PATH_UNSAFE`, `PACKAGE_TOO_LARGE`, `INTEGRITY_MISMATCH` and those of
 *   `readManifest`; SignatureError `SIGNATURE_MISSING`, `SIGNATURE_INVALID`.
 */
export async function readArchive(path: string, { signal }: ReadArchiveOptions = {}): Promise<Archive> {
  return parseArchive(await readCapped(path, signal), path);
}

/**
 * Reads an archive in memory; see {@link readArchive}.
 *
 * @param source - Where it came from, for messages.
 */
export async function parseArchive(bytes: Uint8Array, source: string): Promise<Archive> {
  const files = await unpack(bytes, source);
  const index = parseIndex(files.get(indexName), source);
  files.delete(indexName);
  const ids = Object.keys(index.packages);
  if (ids.length > archiveLimits.maxPackages) throw archiveTooLarge(source, "packages", archiveLimits.maxPackages);
  const parts = new Map(ids.map((id) => [id, takePart(id, index, files, source)]));
  const [stray] = files.keys();
  if (stray !== undefined) throw archiveInvalid(source, `${JSON.stringify(stray)} belongs to no package of it`, stray);
  for (const [id, part] of parts) checkPart(part, `${id} in ${source}`);
  const main = parts.get(index.main);
  if (!main) throw archiveInvalid(source, "it has no main package");
  return { main, dependencies: [...parts.values()].filter((part) => part !== main) };
}

async function unpack(bytes: Uint8Array, source: string): Promise<Map<string, Uint8Array>> {
  try {
    return await readTar(gunzip(bytes), source);
  } catch (error) {
    throw isSmoltoolsError(error) ? error : archiveInvalid(source, errorMessage(error), undefined, error);
  }
}

/** Takes the files of a package out of those of the archive. */
function takePart(id: string, index: BundleIndex, files: Map<string, Uint8Array>, source: string): ArchivePart {
  const entry = index.packages[id];
  const folder = partFolder(id, index);
  if (!entry || folder === undefined) throw archiveInvalid(source, `${JSON.stringify(id)} is no package`, indexName);
  const at = id.indexOf("@");
  const own = new Map<string, Uint8Array>();
  for (const [path, bytes] of files) {
    if (!path.startsWith(folder)) continue;
    own.set(path.slice(folder.length), bytes);
    files.delete(path);
  }
  return {
    name: id.slice(0, at),
    version: id.slice(at + 1),
    manifestName: entry.manifest,
    files: own,
    integrity: entry.integrity,
  };
}

async function readCapped(path: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  await using file = await PlainFile.open(path, { followLinks: true });
  if (!file) throw archiveInvalid(path, "it is not a file");
  if (file.size > archiveLimits.maxArchiveBytes) throw archiveTooLarge(path, "bytes", archiveLimits.maxArchiveBytes);
  return await file.read({ signal });
}
