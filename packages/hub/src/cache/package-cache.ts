import { copyFile, mkdir, readFile, rm, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { gitBlobId } from "../integrity/hash.ts";
import type { ResolvedRef } from "../resolve/resolve.ts";
import { defaultCacheDir, repoFolder } from "./cache-paths.ts";
import { writeAtomically } from "./write-atomically.ts";

/**
 * Files of packages on this machine, in the layout that the official clients of the Hub use too:
 * `blobs/<etag>` holds the bytes, `snapshots/<commit>/<path>` links to them, `refs/<name>` names a commit.
 *
 * The folder is shared with other programs, so what is read from it is verified like what comes from the network.
 */
export class PackageCache {
  readonly dir: string;

  constructor(dir: string = defaultCacheDir()) {
    this.dir = dir;
  }

  /** The path of a file of a commit. It may not exist. */
  snapshotPath(resolved: ResolvedRef, path: string): string {
    return join(repoFolder(this.dir, resolved), "snapshots", resolved.commit, ...path.split("/"));
  }

  /** Reads a file; `undefined` when it is not there. */
  async read(resolved: ResolvedRef, path: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.snapshotPath(resolved, path));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /**
   * Keeps a verified file.
   *
   * @param etag - The name of the blob, as the hub told it; the git id of the bytes when it told none.
   */
  async write(resolved: ResolvedRef, path: string, bytes: Uint8Array, etag: string | undefined): Promise<void> {
    const folder = repoFolder(this.dir, resolved);
    // A name from the network becomes a file name only if it is what blobs are called.
    const name = etag !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(etag) ? etag : gitBlobId(bytes);
    const blob = join(folder, "blobs", name);
    await writeAtomically(blob, bytes);
    await link(blob, this.snapshotPath(resolved, path));
  }

  /** Remembers which commit a tag or branch led to, as the official clients do. */
  async writeRef(resolved: ResolvedRef): Promise<void> {
    if (resolved.name === undefined) return;
    await writeAtomically(join(repoFolder(this.dir, resolved), "refs", ...resolved.name.split("/")), resolved.commit);
  }

  /** Removes a file that turned out to be damaged, so that it can be downloaded again. */
  async drop(resolved: ResolvedRef, path: string): Promise<void> {
    await rm(this.snapshotPath(resolved, path), { force: true });
  }
}

async function link(blob: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { force: true });
  try {
    await symlink(relative(dirname(path), blob), path);
  } catch (error) {
    if (isExisting(error)) return; // Another process was first.
    await copyFile(blob, path); // Windows without the right to make links.
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ENOENT" || code === "ENOTDIR";
}

function isExisting(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EEXIST";
}
