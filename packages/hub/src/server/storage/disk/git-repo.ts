import { HubServerError } from "../../hub-server-error.ts";
import { repoId } from "../../repo/repo-key.ts";
import type { Commit, Entry, NewBranch, NewCommit, NewTag, Ref, RepoRecord, RepoStore } from "../hub-storage.ts";
import { createBranch, deleteBranch } from "./branches.ts";
import type { FileLocks } from "./file-locks.ts";
import { findLastCommits, walkHistory } from "./history.ts";
import type { Layout } from "./layout.ts";
import { makeCommit } from "./make-commit.ts";
import type { ObjectCache } from "./object-cache.ts";
import { ObjectStore } from "./object-store.ts";
import { RefStore } from "./ref-store.ts";
import type { ReleaseLogFile } from "./release-log-file.ts";
import { removeUnfinishedFiles } from "./remove-unfinished-files.ts";
import type { RepoRecords } from "./repo-records.ts";
import { resolveRevision } from "./resolve-revision.ts";
import { createTag, deleteTag } from "./tags.ts";
import { findEntry, walkTree } from "./tree-reader.ts";

/** What all repos of a hub share. */
export interface DiskParts {
  layout: Layout;
  locks: FileLocks;
  records: RepoRecords;
  releases: ReleaseLogFile;
  cache: ObjectCache;
}

/** A repo as a bare git repository on disk. Made for one request: it holds nothing that has to be closed. */
export class GitRepo implements RepoStore {
  readonly record: RepoRecord;
  readonly #parts: DiskParts;
  readonly #objects: ObjectStore;
  readonly #refs: RefStore;

  constructor(record: RepoRecord, parts: DiskParts) {
    const gitdir = parts.layout.gitdir(record);
    this.record = record;
    this.#parts = parts;
    this.#objects = new ObjectStore(gitdir, parts.cache, record.id);
    this.#refs = new RefStore(gitdir);
  }

  async refs(): Promise<{ branches: Ref[]; tags: Ref[] }> {
    const branches = [...(await this.#refs.list("heads"))].map(([name, commit]) => ({ name, commit }));
    const tags: Ref[] = [];
    for (const [name, oid] of await this.#refs.list("tags")) {
      const commit = await this.#objects.findCommit(oid);
      if (commit) tags.push({ name, commit: commit.oid });
    }
    return { branches, tags };
  }

  resolve(revision: string): Promise<string | undefined> {
    return resolveRevision(this.#objects, this.#refs, revision);
  }

  commit(oid: string): Promise<Commit> {
    return this.#objects.commit(oid);
  }

  history(oid: string): AsyncIterable<Commit> {
    return walkHistory(this.#objects, oid);
  }

  async entry(commit: string, path: string): Promise<Entry | undefined> {
    return findEntry(this.#objects, (await this.#objects.commit(commit)).tree, path);
  }

  async *entries(
    commit: string,
    folder: string,
    options: { recursive: boolean; after?: string },
  ): AsyncGenerator<Entry> {
    const entry = await this.entry(commit, folder);
    if (entry?.type !== "directory") return;
    const after = options.after?.slice(folder === "" ? 0 : folder.length + 1).split("/");
    yield* walkTree(this.#objects, entry.oid, folder, options.recursive, after);
  }

  lastCommits(commit: string, paths: readonly string[]): Promise<Map<string, Commit>> {
    return findLastCommits(this.#objects, commit, paths);
  }

  blob(oid: string): Promise<Uint8Array> {
    return this.#objects.blob(oid);
  }

  blobSize(oid: string): Promise<number> {
    return this.#objects.blobSize(oid);
  }

  writeBlob(bytes: Uint8Array): Promise<string> {
    return this.#objects.writeBlob(bytes);
  }

  async makeCommit(commit: NewCommit, signal?: AbortSignal): Promise<Commit> {
    await using _lock = await this.#lock(signal);
    return await makeCommit(this.#objects, this.#refs, commit);
  }

  async createTag(tag: NewTag, signal?: AbortSignal): Promise<void> {
    await using _lock = await this.#lock(signal);
    await createTag(this.#objects, this.#refs, this.#parts.releases, this.record, tag);
  }

  async deleteTag(name: string, signal?: AbortSignal): Promise<void> {
    await using _lock = await this.#lock(signal);
    await deleteTag(this.#refs, name);
  }

  async createBranch(branch: NewBranch, signal?: AbortSignal): Promise<void> {
    await using _lock = await this.#lock(signal);
    await createBranch(this.#objects, this.#refs, branch);
  }

  async deleteBranch(name: string, signal?: AbortSignal): Promise<void> {
    await using _lock = await this.#lock(signal);
    await deleteBranch(this.#refs, name);
  }

  /** Takes the lock of the repo, and makes sure that the repo was not deleted meanwhile. */
  async #lock(signal: AbortSignal | undefined): Promise<AsyncDisposable> {
    const { layout, locks, records } = this.#parts;
    const recover = async () => {
      await this.#refs.removeLeftLocks();
      await removeUnfinishedFiles(layout.namespace(this.record), layout.gitdir(this.record));
    };
    const lock = await locks.take(layout.lock(this.record), { recover, signal });
    try {
      if ((await records.read(this.record))?.id === this.record.id) return lock;
      throw new HubServerError("HUB_REPO_NOT_FOUND", `The repo ${repoId(this.record)} was deleted.`);
    } catch (error) {
      await lock[Symbol.asyncDispose]();
      throw error;
    }
  }
}
