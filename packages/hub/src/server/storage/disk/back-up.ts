import { randomUUID } from "node:crypto";
import { constants, type Dirent } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { HubServerError } from "../../hub-server-error.ts";
import { repoTypes } from "../../repo/repo-key.ts";
import type { RepoRecord } from "../hub-storage.ts";
import { flush, temporaryPrefix } from "./files/atomic-write.ts";
import type { DiskParts } from "./disk-parts.ts";
import { unlessMissing } from "../../../shared/has-code.ts";
import { takeRepoLock } from "./locks/take-repo-lock.ts";

/** How many files are copied at the same time. */
const maxCopies = 16;
/** What moves while it is read: it is read in one go under the lock of the repo. Everything else never changes. */
const refFolder = "refs";
const refFiles = ["HEAD", "packed-refs", "hub.json", "config"];

/** Copies everything that a hub has to another folder, while servers work on it. See {@link DiskStorage.backUp}. */
export async function backUp(parts: DiskParts, target: string): Promise<void> {
  const { layout, locks, records } = parts;
  if (await unlessMissing(stat(target))) {
    throw new HubServerError("HUB_ALREADY_EXISTS", `The folder ${target} exists already: name one that does not.`);
  }
  const partial = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    {
      // A repo that moves from behind to before the one that is being copied would be in none of the places.
      await using _lock = await locks.take(layout.moveLock);
      for (const type of repoTypes.values()) {
        for (const record of await records.list(type)) {
          await copyRepo(parts, record, partial);
          await touch(layout.moveLock);
        }
      }
    }
    // After the repos: a version is in the log before its tag is in the repo.
    await copyReleaseLog(layout.releaseLog, join(partial, relative(layout.root, layout.releaseLog)));
    await copyOthers(parts, partial);
    await flushAll(partial);
    await rename(partial, target);
    await flush(dirname(target));
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** A lock that is held for long must not look as if it was left behind. */
async function touch(lock: string): Promise<void> {
  const now = new Date();
  await unlessMissing(utimes(lock, now, now));
}

/** Leaves out a repo that is deleted meanwhile. */
async function copyRepo(parts: DiskParts, record: RepoRecord, partial: string): Promise<void> {
  const { layout, records } = parts;
  const gitdir = layout.gitdir(record);
  const target = join(partial, relative(layout.root, gitdir));
  const refs = new Map<string, Buffer>();
  {
    await using _lock = await takeRepoLock(parts, record);
    if ((await records.read(record))?.id !== record.id) return;
    for (const path of [...refFiles, ...(await filesBelow(gitdir, refFolder))]) {
      const bytes = await unlessMissing(readFile(join(gitdir, path)));
      if (bytes && !path.endsWith(".lock")) refs.set(path, bytes);
    }
  }
  // Whatever the refs lead to is there: objects are written before a ref moves, and are not removed.
  await copyFolders(gitdir, ["objects", "lfs/objects"], target);
  if ((await records.read(record))?.id !== record.id) {
    await rm(target, { recursive: true, force: true });
    return;
  }
  await mkdir(join(target, refFolder, "heads"), { recursive: true });
  await mkdir(join(target, refFolder, "tags"), { recursive: true });
  for (const [path, bytes] of refs) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await writeFile(join(target, path), bytes);
  }
}

/** All whole lines; the last one may just be being written. */
async function copyReleaseLog(from: string, to: string): Promise<void> {
  const bytes = await unlessMissing(readFile(from));
  if (bytes) await writeFile(to, bytes.subarray(0, bytes.lastIndexOf("\n") + 1));
}

/** What else is in the folder, such as users and tokens. The signing key is not: a hub makes itself a new one. */
async function copyOthers({ layout }: DiskParts, partial: string): Promise<void> {
  const folders = [...repoTypes.values()].map((type) => layout.repos(type));
  const known = new Set([layout.releaseLog, layout.signingKey, ...folders]);
  const names = (await readdir(layout.root)).filter(
    (name) => !name.startsWith(".") && !known.has(join(layout.root, name)),
  );
  await copyFolders(layout.root, names, partial);
}

/** Writes everything below a folder to the disk: a copy that counts as complete survives a power cut. */
async function flushAll(root: string): Promise<void> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  const pathOf = (entry: Dirent) => join(entry.parentPath, entry.name);
  const waiting = entries.filter((entry) => entry.isFile()).map(pathOf);
  const work = async () => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) await flush(path);
  };
  await Promise.all(Array.from({ length: maxCopies }, work));
  for (const folder of entries.filter((entry) => entry.isDirectory())) await flush(pathOf(folder));
  await flush(root);
}

async function copyFolders(root: string, paths: readonly string[], target: string): Promise<void> {
  const files: string[] = [];
  for (const path of paths) files.push(...(await filesBelow(root, path)));
  for (const folder of new Set(files.map((file) => dirname(file))))
    await mkdir(join(target, folder), { recursive: true });
  const waiting = files.filter((file) => !basename(file).startsWith(temporaryPrefix) && !file.endsWith(".lock"));
  const copy = async () => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      await unlessMissing(copyFile(join(root, file), join(target, file), constants.COPYFILE_FICLONE));
    }
  };
  await Promise.all(Array.from({ length: maxCopies }, copy));
}

/** The file itself, or all files below a folder, as paths from the root; nothing for what is missing. */
async function filesBelow(root: string, path: string): Promise<string[]> {
  const found = await unlessMissing(stat(join(root, path)));
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  const entries = (await unlessMissing(readdir(join(root, path), { withFileTypes: true, recursive: true }))) ?? [];
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name)));
}
