import { PackageError } from "../errors/package-error.ts";
import { packageLimits } from "./package-limits.ts";
import type { ManifestFile } from "./manifest.ts";
import { pathKey, pathProblem } from "./safe-path.ts";

/** Files that stand beside a manifest, and that it therefore cannot list. */
const unlisted: readonly string[] = ["registry.json"];

/**
 * Checks the files that a manifest lists: their paths, their sizes, and that each of them can be stored beside the
 * others on every file system.
 *
 * @param manifestName - The manifest's own name, which it cannot list.
 * @param source - Of which package they are, for messages.
 * @throws PackageError `PATH_UNSAFE` or `PACKAGE_TOO_LARGE`.
 */
export function checkFiles(files: Readonly<Record<string, ManifestFile>>, manifestName: string, source: string): void {
  const unsafe = (path: string, why: string) =>
    new PackageError(`${source} lists the unsafe path ${JSON.stringify(path)}: ${why}. Do not use it`, {
      code: "PATH_UNSAFE",
      data: { source, path },
    });
  const count = Object.keys(files).length;
  if (count > packageLimits.maxFiles) {
    throw new PackageError(`${source} lists ${count} files, ${packageLimits.maxFiles} are allowed: split the package`, {
      code: "PACKAGE_TOO_LARGE",
      data: { source, size: count, limit: packageLimits.maxFiles },
    });
  }
  const taken = new Map([manifestName, `${manifestName}.sig`, ...unlisted].map((path) => [pathKey(path), path]));
  let total = 0;
  for (const [path, { size }] of Object.entries(files)) {
    const problem = pathProblem(path);
    if (problem !== undefined) throw unsafe(path, problem);
    const other = taken.get(pathKey(path));
    if (other !== undefined) throw unsafe(path, `some systems take it for ${JSON.stringify(other)}`);
    taken.set(pathKey(path), path);
    if (size > packageLimits.maxFileBytes) throw tooLarge(`${path} of ${source}`, size, packageLimits.maxFileBytes);
    total += size;
  }
  if (total > packageLimits.maxPackageBytes) throw tooLarge(source, total, packageLimits.maxPackageBytes);
  for (const path of Object.keys(files)) {
    const folder = foldersOf(path).find((folder) => taken.has(pathKey(folder)));
    if (folder !== undefined) throw unsafe(path, `its folder ${JSON.stringify(folder)} is a file`);
  }
}

/** The folders on the way to a file: `a` and `a/b` for `a/b/c`. */
function foldersOf(path: string): string[] {
  const names = path.split("/").slice(0, -1);
  return names.map((_name, index) => names.slice(0, index + 1).join("/"));
}

/** The error for something over a size limit. */
export function tooLarge(what: string, size: number, limit: number): PackageError {
  return new PackageError(
    `${what} has ${size} bytes, ${limit} are allowed: leave files or dependencies out, or split the package`,
    { code: "PACKAGE_TOO_LARGE", data: { size, limit } },
  );
}
