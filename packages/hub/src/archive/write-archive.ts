import { PackageError } from "../errors/package-error.ts";
import { pathKey, pathProblem } from "../manifest/safe-path.ts";
import { archiveLimits } from "./archive-limits.ts";
import { type Archive, type ArchivePart, partId } from "./archive-part.ts";
import { archiveTooLarge, unsafeEntry } from "./archive-refusals.ts";
import { formatIndex, indexName, partFolder, partFiles } from "./bundle-index.ts";
import { gzip } from "./gzip.ts";
import { checkPart } from "./check-part.ts";
import { splitPath } from "./tar-header.ts";
import { writeTar } from "./write-tar.ts";

/**
 * Writes packages as one `.tgz`: `bundle.json`, the main package in `package/`, the others in
 * `packages/<owner>/<name>/<version>/`. The same packages give the same bytes, whatever the machine, user and time.
 *
 * @throws PackageError and SignatureError when a package is not what its manifest says; PackageError
 *   `PACKAGE_TOO_LARGE`, `PATH_UNSAFE`; `MANIFEST_MISMATCH` for two different packages of one name and version.
 */
export function writeArchive({
  main,
  dependencies,
}: {
  main: ArchivePart;
  dependencies: readonly ArchivePart[];
}): Uint8Array {
  const archive: Archive = { main, dependencies: distinct(main, dependencies) };
  const index = { main: partId(main) };
  const files: [string, Uint8Array][] = [[indexName, Buffer.from(formatIndex(archive))]];
  for (const part of [main, ...archive.dependencies]) {
    checkPart(part, partId(part));
    const folder = partFolder(partId(part), index);
    if (folder === undefined) throw unsafeEntry(partId(main), partId(part), "it is not a name and a version");
    files.push(...partFiles(part, folder));
  }
  checkLimits(files, archive.dependencies.length + 1, partId(main));
  const bytes = gzip(writeTar(files));
  if (bytes.byteLength <= archiveLimits.maxArchiveBytes) return bytes;
  throw archiveTooLarge(partId(main), "bytes", archiveLimits.maxArchiveBytes);
}

/** Each package once, sorted by name and version. */
function distinct(main: ArchivePart, dependencies: readonly ArchivePart[]): ArchivePart[] {
  const byId = new Map([[partId(main), main]]);
  for (const part of dependencies) {
    const id = partId(part);
    const other = byId.get(id);
    if (other && other.integrity !== part.integrity) {
      throw new PackageError(`There are two different packages ${id}: an archive can hold one of them`, {
        code: "MANIFEST_MISMATCH",
        data: { id },
      });
    }
    byId.set(id, other ?? part);
  }
  byId.delete(partId(main));
  return [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
}

/** What could not be read again is not written either. */
function checkLimits(files: readonly (readonly [string, Uint8Array])[], packages: number, source: string): void {
  const { maxEntries, maxExpandedBytes, maxPackages, maxPathBytes } = archiveLimits;
  if (packages > maxPackages) throw archiveTooLarge(source, "packages", maxPackages);
  const extended = files.filter(([path]) => !splitPath(path));
  if (files.length + extended.length > maxEntries) throw archiveTooLarge(source, "entries", maxEntries);
  const taken = new Set<string>();
  let size = 0;
  for (const [path, bytes] of files) {
    const problem = taken.has(pathKey(path))
      ? "another one differs from it in case alone"
      : pathProblem(path, maxPathBytes);
    if (problem !== undefined) throw unsafeEntry(source, path, problem);
    taken.add(pathKey(path));
    size += bytes.byteLength + 4096;
  }
  if (size > maxExpandedBytes) throw archiveTooLarge(source, "bytes", maxExpandedBytes);
}
