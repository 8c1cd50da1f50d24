import type { Dirent } from "node:fs";
import { readdir, readlink, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";

/** A file of a commit in the cache. */
export interface SnapshotFile {
  /** Inside the package, with `/` between the names. */
  path: string;
  /** On this machine. */
  location: string;
  /** Name of the blob that holds its bytes; absent for a copy. */
  blob?: string;
  bytes: number;
  /** When its bytes were written, in milliseconds since 1970. */
  writtenMs: number;
  /** When they were last read, as far as the file system notes it. */
  readMs: number;
}

/**
 * The files of a commit in the cache. Links that lead anywhere but to the blobs of the same repo, and those that lead
 * nowhere, are left out: they are not the work of any client of the Hub.
 *
 * @param repoFolder - `spaces--owner--name`.
 */
export async function snapshotFiles(repoFolder: string, commit: string): Promise<SnapshotFile[]> {
  const root = join(repoFolder, "snapshots", commit);
  // With the types of the entries, links to folders are not followed.
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = await Promise.all(entries.map((entry) => snapshotFile(repoFolder, root, entry)));
  return files.filter((file) => file !== undefined);
}

async function snapshotFile(repoFolder: string, root: string, entry: Dirent): Promise<SnapshotFile | undefined> {
  if (entry.isDirectory()) return undefined;
  const location = join(entry.parentPath, entry.name);
  const blob = await blobOf(repoFolder, location);
  if (entry.isSymbolicLink() && blob === undefined) return undefined;
  const found = await stat(location).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  return {
    path: relative(root, location).split(sep).join("/"),
    location,
    ...(blob !== undefined && { blob }),
    bytes: found.size,
    writtenMs: found.mtimeMs,
    readMs: found.atimeMs,
  };
}

async function blobOf(repoFolder: string, location: string): Promise<string | undefined> {
  const target = await readlink(location).catch(() => undefined);
  if (target === undefined) return undefined;
  const name = relative(join(repoFolder, "blobs"), resolve(dirname(location), target));
  return name === "" || name.includes(sep) || name.startsWith("..") ? undefined : name;
}
