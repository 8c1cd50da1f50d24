import { copyFile, mkdir, readFile, rm, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { defaultHubUrl } from "../http/hub-client.ts";
import { gitBlobId, sha256 } from "../integrity/hash.ts";
import { revisionNameProblem } from "../ref/revision-name.ts";
import type { ResolvedRef } from "../resolve/resolve.ts";
import { defaultCacheDir, repoFolder } from "./cache-paths.ts";
import { writeAtomically } from "./write-atomically.ts";

/**
 * Files of packages of one hub on this machine, in the layout that the official clients of the Hub use too:
 * `blobs/<etag>` holds the bytes, `snapshots/<commit>/<path>` links to them, `refs/<name>` names a commit.
 *
 * The folder is shared with other programs, so what is read from it is verified like what comes from the network.
 */
export class PackageCache {
  readonly dir: string;

  /**
   * @param dir - Folder of the cache.
   * @param hubUrl - The hub that the packages are of. Commit ids are what a hub says they are; so that no hub can
   *   put files in place of another one's, each hub has a folder of its own, but for the public Hub, whose folder the
   *   official clients share.
   */
  constructor(dir: string = defaultCacheDir(), hubUrl: string = defaultHubUrl) {
    this.dir = hubUrl === defaultHubUrl ? dir : join(dir, "hubs", hubFolder(hubUrl));
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
   * Keeps a verified file, if the folder can be written.
   *
   * @param etag - The name of the blob, as the hub told it: the git id of a file, the SHA-256 of a large one.
   */
  async write(resolved: ResolvedRef, path: string, bytes: Uint8Array, etag: string | undefined): Promise<void> {
    const folder = repoFolder(this.dir, resolved);
    // The hub's name for a blob counts only where it is a hash of these very bytes: blobs are shared by all versions.
    const name = etag === sha256(bytes) ? etag : gitBlobId(bytes);
    const blob = join(folder, "blobs", name);
    await bestEffort(async () => {
      await writeAtomically(blob, bytes);
      await link(blob, this.snapshotPath(resolved, path));
    });
  }

  /** Remembers which commit a tag or branch led to, as the official clients do. It is a hint: nothing here reads it. */
  async writeRef(resolved: ResolvedRef): Promise<void> {
    // Names come from the network, and become paths here.
    if (resolved.name === undefined || revisionNameProblem(resolved.name) !== undefined) return;
    const path = join(repoFolder(this.dir, resolved), "refs", ...resolved.name.split("/"));
    await bestEffort(() => writeAtomically(path, resolved.commit));
  }

  /** Removes a file that turned out to be damaged, so that it can be downloaded again. */
  async drop(resolved: ResolvedRef, path: string): Promise<void> {
    await rm(this.snapshotPath(resolved, path), { force: true });
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

/** A readable name, and a hash that no other hub's name shares. */
function hubFolder(hubUrl: string): string {
  return `${new URL(hubUrl).host.replace(/[^\w.-]/g, "_")}-${sha256(hubUrl).slice(0, 12)}`;
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
