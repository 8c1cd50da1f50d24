import type { Readable } from "node:stream";
import { HubServerError } from "../../hub-server-error.ts";
import { repoId } from "../../repo/repo-key.ts";
import type {
  ByteRange,
  Commit,
  Entry,
  LfsObject,
  NewBranch,
  NewCommit,
  NewTag,
  Ref,
  RepoRecord,
  RepoStore,
  Squash,
} from "../hub-storage.ts";
import { createBranch, deleteBranch } from "./refs/branches.ts";
import type { DiskParts } from "./disk-parts.ts";
import { findLastCommits, historyLength, walkHistory } from "./objects/history.ts";
import { hasCode } from "../../../shared/has-code.ts";
import { LfsStore } from "./lfs/lfs-store.ts";
import { makeCommit, squashBranch } from "./make-commit.ts";
import { ObjectStore } from "./objects/object-store.ts";
import { RefStore } from "./refs/ref-store.ts";
import { resolveRevision } from "./refs/resolve-revision.ts";
import { takeRepoLock } from "./locks/take-repo-lock.ts";
import { createTag, deleteTag } from "./refs/tags.ts";
import { findEntry, walkTree } from "./objects/tree-reader.ts";

/** A repo as a bare git repository on disk. Made for one request: it holds nothing that has to be closed. */
export class GitRepo implements RepoStore {
  readonly record: RepoRecord;
  readonly gitdir: string;
  readonly objects: ObjectStore;
  readonly gitRefs: RefStore;
  readonly lfs: LfsStore;
  readonly #parts: DiskParts;

  /** @param gitdir - Where the repository is, if not in its place. */
  constructor(record: RepoRecord, parts: DiskParts, gitdir: string = parts.layout.gitdir(record)) {
    this.record = record;
    this.gitdir = gitdir;
    this.#parts = parts;
    this.objects = new ObjectStore(gitdir, parts.cache, record.id);
    this.gitRefs = new RefStore(gitdir, parts.refs);
    this.lfs = new LfsStore(gitdir, parts.limits.maxLfsRepoBytes);
  }

  async refs(): Promise<{ branches: Ref[]; tags: Ref[] }> {
    const branches = [...(await this.gitRefs.list("heads"))].map(([name, commit]) => ({ name, commit }));
    const tags: Ref[] = [];
    for (const [name, { oid, commit }] of await this.gitRefs.targets("tags")) {
      const target = commit ?? (await this.objects.findCommit(oid))?.oid;
      if (target !== undefined) tags.push({ name, commit: target });
    }
    return { branches, tags };
  }

  resolve(revision: string): Promise<string | undefined> {
    return resolveRevision(this.objects, this.gitRefs, revision);
  }

  commit(oid: string): Promise<Commit> {
    return this.objects.commit(oid);
  }

  history(oid: string): AsyncIterable<Commit> {
    return walkHistory(this.objects, oid);
  }

  historyLength(oid: string): Promise<number> {
    return historyLength(this.objects, oid);
  }

  async entry(commit: string, path: string): Promise<Entry | undefined> {
    return findEntry(this.objects, (await this.objects.commit(commit)).tree, path);
  }

  async *entries(
    commit: string,
    folder: string,
    options: { recursive: boolean; after?: string },
  ): AsyncGenerator<Entry> {
    const entry = await this.entry(commit, folder);
    if (entry?.type !== "directory") return;
    const after = options.after?.slice(folder === "" ? 0 : folder.length + 1).split("/");
    yield* walkTree(this.objects, entry.oid, folder, options.recursive, after);
  }

  lastCommits(commit: string, paths: readonly string[]): Promise<Map<string, Commit>> {
    return findLastCommits(this.objects, commit, paths);
  }

  blob(oid: string): Promise<Uint8Array> {
    return this.objects.blob(oid);
  }

  blobSize(oid: string): Promise<number> {
    return this.objects.blobSize(oid);
  }

  blobStream(oid: string, range?: ByteRange): Promise<Readable> {
    return this.objects.blobStream(oid, range);
  }

  async lfsObject(blob: string): Promise<LfsObject | undefined> {
    const pointer = await this.objects.lfsPointer(blob);
    // Anybody may commit a file with such a text: only with the object it is more than a text.
    return pointer && (await this.lfs.committedSize(pointer.oid)) === pointer.size ? pointer : undefined;
  }

  async writeBlob(bytes: Uint8Array): Promise<string> {
    try {
      return await this.objects.writeBlob(bytes);
    } catch (error) {
      // Without its folder the repo was moved or deleted since the request began.
      throw hasCode(error, "ENOENT") ? gone(this.record) : error;
    }
  }

  async makeCommit(commit: NewCommit, signal?: AbortSignal): Promise<Commit> {
    await using _lock = await this.#lock(signal);
    return await makeCommit(this.objects, this.lfs, this.gitRefs, commit);
  }

  async squash(squash: Squash, signal?: AbortSignal): Promise<Commit> {
    await using _lock = await this.#lock(signal);
    return await squashBranch(this.objects, this.gitRefs, squash);
  }

  async createTag(tag: NewTag, signal?: AbortSignal): Promise<void> {
    await using lock = await this.#lock(signal);
    await createTag(this.objects, this.gitRefs, this.#parts.releases, lock.record, tag);
  }

  async deleteTag(name: string, signal?: AbortSignal): Promise<void> {
    await using _lock = await this.#lock(signal);
    await deleteTag(this.gitRefs, name);
  }

  async createBranch(branch: NewBranch, signal?: AbortSignal): Promise<void> {
    await using _lock = await this.#lock(signal);
    await createBranch(this.objects, this.gitRefs, branch);
  }

  async deleteBranch(name: string, signal?: AbortSignal): Promise<void> {
    await using _lock = await this.#lock(signal);
    await deleteBranch(this.gitRefs, name);
  }

  /** Takes the lock of the repo, and makes sure that the repo was neither moved nor deleted meanwhile. */
  async #lock(signal: AbortSignal | undefined): Promise<AsyncDisposable & { record: RepoRecord }> {
    const lock = await takeRepoLock(this.#parts, this.record, signal);
    try {
      const record = await this.#parts.records.read(this.record);
      if (record?.id === this.record.id) return Object.assign(lock, { record });
      throw gone(this.record);
    } catch (error) {
      await lock[Symbol.asyncDispose]();
      throw error;
    }
  }
}

function gone(record: RepoRecord): HubServerError {
  return new HubServerError("HUB_REPO_NOT_FOUND", `The repo ${repoId(record)} was moved or deleted.`);
}
