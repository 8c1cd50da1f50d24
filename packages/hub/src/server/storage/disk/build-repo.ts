import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { HubServerError } from "../../hub-server-error.ts";
import { defaultBranch } from "../../repo/ref-name.ts";
import { repoId } from "../../repo/repo-key.ts";
import type { Author, RepoCopy, RepoRecord } from "../hub-storage.ts";
import { makeFolder, flush } from "./files/atomic-write.ts";
import type { DiskParts } from "./disk-parts.ts";
import { GitRepo } from "./git-repo.ts";
import { initRepository } from "./init-repository.ts";
import { nextTimestamp } from "./make-commit.ts";
import { takeRepoLock } from "./locks/take-repo-lock.ts";

/** What is in a new repo, and who made it. */
export interface RepoContent {
  /** Stores the files. Returns the id of their tree. */
  writeTree(repo: GitRepo): Promise<string>;
  /** The message of the first commit. */
  message: string;
  author: Author;
}

/** Makes a repo elsewhere and moves it to its place: it appears whole, or not at all. */
export async function buildRepo(
  parts: DiskParts,
  wanted: RepoCopy,
  content: RepoContent,
  signal?: AbortSignal,
): Promise<GitRepo> {
  const { layout, records } = parts;
  await using _lock = await takeRepoLock(parts, wanted, signal);
  await checkNameIsFree(parts, wanted);
  const record = newRecord(wanted);
  await mkdir(layout.unfinished, { recursive: true });
  const folder = join(layout.unfinished, randomUUID());
  try {
    await initRepository(folder);
    const unfinished = new GitRepo(record, parts, folder);
    const { objects } = unfinished;
    const tree = await content.writeTree(unfinished);
    const { author, message } = content;
    const commit = { tree, parents: [], author, timestamp: nextTimestamp(undefined), message };
    const oid = await objects.writeCommit(commit);
    await objects.flush();
    await unfinished.gitRefs.compareAndSet("heads", defaultBranch, undefined, oid);
    await records.write(folder, record);
    await renameRepo(parts, folder, record);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return new GitRepo(record, parts);
}

function newRecord({ type, namespace, name, private: isPrivate, createdBy, sdk }: RepoCopy): RepoRecord {
  return {
    id: randomBytes(12).toString("hex"),
    type,
    namespace,
    name,
    private: isPrivate,
    ...(sdk === undefined ? {} : { sdk }),
    createdAt: new Date().toISOString(),
    createdBy,
  };
}

/**
 * Makes sure that no repo has a name, not even in other case. The caller holds the lock of the name.
 *
 * @throws HubServerError `HUB_ALREADY_EXISTS`.
 */
export async function checkNameIsFree({ records }: DiskParts, key: RepoCopy | RepoRecord): Promise<void> {
  const existing = (await records.read(key)) ? repoId(key) : await records.twin(key);
  if (existing === undefined) return;
  throw new HubServerError("HUB_ALREADY_EXISTS", `You already created this ${key.type} repo: ${existing}.`);
}

/** Moves a repository to the place of a name that is free. */
export async function renameRepo({ layout }: DiskParts, from: string, to: RepoRecord): Promise<void> {
  const target = layout.gitdir(to);
  await makeFolder(layout.namespace(to));
  // Without a record this is no repo, whatever it is.
  await rm(target, { recursive: true, force: true });
  await rename(from, target);
  await flush(layout.namespace(to));
}
