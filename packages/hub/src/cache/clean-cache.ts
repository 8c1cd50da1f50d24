import { readdir, readFile, rm, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Repo } from "../http/hub-client.ts";
import { type CachedPackage, type CacheOptions, commitsOf, hubFolders, listCache, repoFolders } from "./list-cache.ts";
import { snapshotFiles } from "./snapshot-files.ts";
import { unfinishedPrefix } from "../shared/write-atomically.ts";

/** Options of {@link cleanCache}. */
export interface CleanOptions extends CacheOptions {
  /** Remove only what nobody has loaded or written for so long, in milliseconds. @default 0 */
  olderThanMs?: number;
  /** Remove what other programs have put into the cache as well: models, data sets, whatever it is. @default false */
  everything?: boolean;
  /** Say what would be removed, and remove nothing. @default false */
  dryRun?: boolean;
}

/** A commit that was removed from the cache. */
export interface RemovedCommit extends Repo {
  hub: string;
  commit: string;
  /** Absent for what is no package of smoltools. */
  version?: string;
}

/** What {@link cleanCache} removed, or would remove. */
export interface CleanResult {
  removed: RemovedCommit[];
  /** Space that was, or would be, given back. */
  bytes: number;
}

/** What a process that was killed left behind counts as abandoned after this time. */
const abandonedMs = 24 * 60 * 60 * 1000;

/** Commits of one repo. */
interface Removal {
  repoFolder: string;
  commits: Set<string>;
}

/**
 * Removes packages from the cache: their commits, the names that lead to them, and bytes that nothing else uses. Only
 * packages of smoltools are removed, unless it is told to remove everything. Whoever loads one at the same time downloads
 * it once more.
 */
export async function cleanCache(options: CleanOptions = {}): Promise<CleanResult> {
  const { olderThanMs = 0, everything = false, dryRun = false } = options;
  const isOld = (usedMs: number) => Date.now() - usedMs >= olderThanMs;
  const candidates = everything ? await allCommits(options) : await listCache(options);
  const result: CleanResult = { removed: [], bytes: 0 };
  const removals = new Map<string, Removal>();
  for (const { repoFolder, hub, repoType, repo, commit, usedMs, version } of candidates) {
    if (!isOld(usedMs)) continue;
    result.removed.push({ hub, repoType, repo, commit, ...(version !== undefined && { version }) });
    const removal = removals.get(repoFolder) ?? { repoFolder, commits: new Set() };
    removals.set(repoFolder, removal);
    removal.commits.add(commit);
  }
  for (const removal of removals.values()) {
    options.signal?.throwIfAborted();
    result.bytes += await removeCommits(removal, dryRun);
  }
  return result;
}

type Candidate = Pick<CachedPackage, "hub" | "repoType" | "repo" | "repoFolder" | "commit" | "usedMs"> & {
  version?: string;
};

async function allCommits(options: CacheOptions): Promise<Candidate[]> {
  const known = new Map((await listCache(options)).map((each) => [`${each.repoFolder} ${each.commit}`, each]));
  const all: Candidate[] = [];
  for (const { hub, folder } of await hubFolders(options)) {
    for (const repo of await repoFolders(folder)) {
      for (const commit of await commitsOf(repo.repoFolder)) {
        const files = await snapshotFiles(repo.repoFolder, commit);
        const usedMs = Math.max(0, ...files.map(({ writtenMs, readMs }) => Math.max(writtenMs, readMs)));
        const version = known.get(`${repo.repoFolder} ${commit}`)?.version;
        all.push({ hub, ...repo, commit, usedMs, ...(version !== undefined && { version }) });
      }
    }
  }
  return all;
}

/**
 * Removes commits of a repo. Names first, so that official clients never meet a name that leads nowhere; bytes last.
 *
 * @returns The bytes that are given back.
 */
async function removeCommits({ repoFolder, commits }: Removal, dryRun: boolean): Promise<number> {
  const kept = (await commitsOf(repoFolder)).filter((commit) => !commits.has(commit));
  const used = await blobsOf(repoFolder, kept);
  const freed = [...(await blobsOf(repoFolder, [...commits]))].filter(([blob]) => !used.has(blob));
  const bytes = freed.reduce((sum, [, size]) => sum + size, 0);
  if (dryRun) return bytes;
  await removeNames(join(repoFolder, "refs"), commits);
  for (const commit of commits) {
    await rm(join(repoFolder, "snapshots", commit), { recursive: true, force: true });
    await rm(join(repoFolder, ".no_exist", commit), { recursive: true, force: true });
    await rm(join(repoFolder, "trees", `${commit}.json`), { force: true });
  }
  for (const [blob] of freed) await rm(join(repoFolder, "blobs", blob), { force: true });
  // Where files are copied instead of linked, no link tells which bytes they come from.
  if (kept.length === 0) await rm(join(repoFolder, "blobs"), { recursive: true, force: true });
  await removeUnfinished(repoFolder);
  await removeIfEmpty(repoFolder);
  return bytes;
}

/** Blobs that commits link to, with their sizes; copies by the path of the copy. */
async function blobsOf(repoFolder: string, commits: readonly string[]): Promise<Map<string, number>> {
  const blobs = new Map<string, number>();
  for (const commit of commits) {
    for (const { blob, bytes, path } of await snapshotFiles(repoFolder, commit)) {
      blobs.set(blob ?? `${commit}/${path}`, bytes);
    }
  }
  return blobs;
}

async function removeNames(folder: string, commits: ReadonlySet<string>): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const commit = await readFile(path, "utf8").catch(() => "");
    if (commits.has(commit.trim())) await rm(path, { force: true });
  }
}

async function removeUnfinished(repoFolder: string): Promise<void> {
  for (const name of await readdir(repoFolder).catch(() => [])) {
    if (!name.startsWith(unfinishedPrefix)) continue;
    const found = await stat(join(repoFolder, name)).catch(() => undefined);
    if (!found || Date.now() - found.mtimeMs > abandonedMs) await rm(join(repoFolder, name), { force: true });
  }
}

/** Removes the folder of a repo of which nothing is left. Folders with something in them stay as they are. */
async function removeIfEmpty(repoFolder: string): Promise<void> {
  if ((await commitsOf(repoFolder)).length > 0) return;
  const parts = ["blobs", "snapshots", "trees", ".no_exist"].map((name) => join(repoFolder, name));
  const names = await readdir(join(repoFolder, "refs"), { recursive: true, withFileTypes: true }).catch(() => []);
  if (!names.some((each) => each.isFile())) await rm(join(repoFolder, "refs"), { recursive: true, force: true });
  for (const folder of [...parts, repoFolder]) await rmdir(folder).catch(() => undefined);
}
