import { copyFile, mkdir, readlink, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { defaultHubUrl } from "../http/hub-client.ts";
import { gitBlobId, sha256 } from "../integrity/hash.ts";
import { revisionNameProblem } from "../ref/revision-name.ts";
import type { ResolvedRef } from "../ref/resolved-ref.ts";
import { hubCacheDir, repoFolder } from "./cache-paths.ts";
import { readFileWithin } from "../shared/read-file-within.ts";
import { linkAtomically, writeAtomically } from "../shared/write-atomically.ts";
import { hasCode } from "../shared/has-code.ts";

/**
 * Files of packages of one hub on this machine, in the layout that the official clients of the Hub use too:
 * `blobs/<etag>` holds the bytes, `snapshots/<commit>/<path>` links to them, `refs/<name>` names a commit.
 *
 * The folder is shared with other programs, so what is read from it is verified like what comes from the network. That a
 * file is missing on the hub, which Python's client notes in `.no_exist`, is neither noted nor believed: it could not be
 * verified.
 */
export class PackageCache {
  /** The folder of the hub's packages. */
  readonly dir: string;

  /**
   * @param cacheDir - Folder of the cache; see `hubCacheDir`.
   * @param hubUrl - The hub that the packages are of.
   */
  constructor(cacheDir?: string, hubUrl: string = defaultHubUrl) {
    this.dir = hubCacheDir(hubUrl, cacheDir);
  }

  /** The path of a file of a commit. It may not exist. */
  snapshotPath(resolved: ResolvedRef, path: string): string {
    return join(repoFolder(this.dir, resolved), "snapshots", resolved.commit, ...path.split("/"));
  }

  /** Tells whether a file is there. It may be damaged. */
  async has(resolved: ResolvedRef, path: string): Promise<boolean> {
    return (await readFileWithin(this.snapshotPath(resolved, path), 0))?.isFile === true;
  }

  /**
   * Reads a file.
   *
   * @param maxBytes - Largest file that is read.
   * @returns `undefined` when it is not there, is no file, or is larger.
   */
  async read(resolved: ResolvedRef, path: string, maxBytes: number = Infinity): Promise<Uint8Array | undefined> {
    return (await readFileWithin(this.snapshotPath(resolved, path), maxBytes))?.bytes;
  }

  /**
   * Keeps a verified file, if the folder can be written. A damaged one in its place is replaced.
   *
   * @param etag - The name of the blob, as the hub told it: the git id of a file, the SHA-256 of a large one.
   */
  async write(resolved: ResolvedRef, path: string, bytes: Uint8Array, etag: string | undefined): Promise<void> {
    const folder = repoFolder(this.dir, resolved);
    // The hub's name for a blob counts only where it is a hash of these very bytes: blobs are shared by all versions.
    const name = etag === sha256(bytes) ? etag : gitBlobId(bytes);
    const blob = join(folder, "blobs", name);
    await bestEffort(async () => {
      // Official clients that look through the cache expect these folders, even empty.
      await mkdir(join(folder, "refs"), { recursive: true });
      await mkdir(join(folder, "snapshots"), { recursive: true });
      await writeAtomically(blob, bytes, { temporaryFolder: folder });
      await link(blob, this.snapshotPath(resolved, path), folder);
    });
  }

  /**
   * Remembers which commit a tag or branch led to, as the official clients do, once a file of the commit is there. It is
   * a hint: nothing here reads it.
   */
  async writeRef(resolved: ResolvedRef): Promise<void> {
    // Names come from the network, and become paths here.
    if (resolved.name === undefined || revisionNameProblem(resolved.name) !== undefined) return;
    const folder = repoFolder(this.dir, resolved);
    await bestEffort(async () => {
      await stat(join(folder, "snapshots", resolved.commit));
      const path = join(folder, "refs", ...(resolved.name ?? "").split("/"));
      await writeAtomically(path, resolved.commit, { temporaryFolder: folder });
    });
  }
}

/** A cache that cannot be written, because the disk is full or read-only, costs time and not the work. */
async function bestEffort(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
  }
}

async function link(blob: string, path: string, temporaryFolder: string): Promise<void> {
  const target = relative(dirname(path), blob);
  if ((await readlink(path).catch(() => undefined)) === target) return;
  try {
    await linkAtomically(path, target, { temporaryFolder });
  } catch (error) {
    if (!hasCode(error, "EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP")) throw error;
    await copyFile(blob, path); // Windows without the right to make links, and file systems that have none.
  }
}
