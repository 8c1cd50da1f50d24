import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import git from "isomorphic-git";
import { HubServerError } from "../../hub-server-error.ts";
import type { ReleaseEntry, ReleaseLogHead } from "../../releases/release-entry.ts";
import { defaultBranch } from "../../repo/ref-name.ts";
import { isReleaseTag } from "../../repo/release-tag.ts";
import { checkRepoKey, type RepoKey, repoId, type RepoType } from "../../repo/repo-key.ts";
import type { Author, HubStorage, NewRepo, RepoRecord, RepoStore } from "../hub-storage.ts";
import { unlessMissing } from "./has-code.ts";
import { FileLocks } from "./file-locks.ts";
import { gitFs as fs } from "./git-fs.ts";
import { type DiskParts, GitRepo } from "./git-repo.ts";
import { Layout } from "./layout.ts";
import { nextTimestamp } from "./make-commit.ts";
import { ObjectCache } from "./object-cache.ts";
import { ObjectStore } from "./object-store.ts";
import { RefStore } from "./ref-store.ts";
import { ReleaseLogFile } from "./release-log-file.ts";
import { RepoRecords } from "./repo-records.ts";
import { editTree } from "./tree-editor.ts";

/** A hub in a folder: bare git repositories and their records. Several processes may work on one folder. */
export class DiskStorage implements HubStorage {
  readonly #parts: DiskParts;

  /**
   * Opens a folder. It is made if it is missing, for this user of the system only: it holds private repos too.
   *
   * @param root - The folder.
   * @param lockTimeoutMs - Longest wait for another process that works on the same repo.
   */
  static async open(root: string, lockTimeoutMs: number): Promise<DiskStorage> {
    await mkdir(root, { recursive: true, mode: 0o700 });
    const storage = new DiskStorage(root, lockTimeoutMs);
    await rm(storage.#parts.layout.trash, { recursive: true, force: true });
    return storage;
  }

  private constructor(root: string, lockTimeoutMs: number) {
    const layout = new Layout(root);
    const locks = new FileLocks(lockTimeoutMs);
    const releases = new ReleaseLogFile(layout, locks);
    this.#parts = { layout, locks, releases, records: new RepoRecords(layout), cache: new ObjectCache() };
  }

  async createRepo(repo: NewRepo, author: Author, signal?: AbortSignal): Promise<RepoStore> {
    checkRepoKey(repo);
    const { layout, locks, records } = this.#parts;
    await using _lock = await locks.take(layout.lock(repo), { signal });
    const existing = (await records.read(repo)) ? repoId(repo) : await records.twin(repo);
    if (existing !== undefined) {
      throw new HubServerError("HUB_ALREADY_EXISTS", `You already created this ${repo.type} repo: ${existing}.`);
    }
    // Without a record this can only be what a process left that died while it made or deleted the repo.
    await rm(layout.gitdir(repo), { recursive: true, force: true });
    const { files, ...fields } = repo;
    const record: RepoRecord = {
      ...fields,
      id: randomBytes(12).toString("hex"),
      createdAt: new Date().toISOString(),
    };
    await this.#initialise(record, files, author);
    await records.write(record);
    return new GitRepo(record, this.#parts);
  }

  async openRepo(key: RepoKey): Promise<RepoStore | undefined> {
    const record = await this.#parts.records.read(key);
    return record && new GitRepo(record, this.#parts);
  }

  async deleteRepo(key: RepoKey, options: { released: boolean; signal?: AbortSignal }): Promise<void> {
    checkRepoKey(key);
    const { layout, locks, records } = this.#parts;
    const doomed = join(layout.trash, randomUUID());
    {
      await using _lock = await locks.take(layout.lock(key), { signal: options.signal });
      if (!(await records.read(key))) {
        throw new HubServerError("HUB_REPO_NOT_FOUND", `There is no ${key.type} ${repoId(key)}.`);
      }
      const released = await this.#release(key);
      if (released !== undefined && !options.released) {
        throw new HubServerError(
          "HUB_RELEASE_IMMUTABLE",
          `${repoId(key)} has released versions (${released}): others may depend on them. Only an admin may delete it.`,
        );
      }
      await mkdir(layout.trash, { recursive: true });
      await records.remove(key);
      await unlessMissing(rename(layout.gitdir(key), doomed));
    }
    await rm(doomed, { recursive: true, force: true });
  }

  async listRepos(type: RepoType): Promise<RepoStore[]> {
    return (await this.#parts.records.list(type)).map((record) => new GitRepo(record, this.#parts));
  }

  releases(after: number, limit: number): Promise<{ entries: ReleaseEntry[]; head: ReleaseLogHead }> {
    return this.#parts.releases.page(after, limit);
  }

  /** One of the released versions of a repo. */
  async #release(key: RepoKey): Promise<string | undefined> {
    const tags = await new RefStore(this.#parts.layout.gitdir(key)).list("tags");
    return [...tags.keys()].find(isReleaseTag);
  }

  /** Makes the bare repository with its first commit. */
  async #initialise(record: RepoRecord, files: ReadonlyMap<string, Uint8Array>, author: Author): Promise<void> {
    const gitdir = this.#parts.layout.gitdir(record);
    await git.init({ fs, gitdir, dir: gitdir, bare: true, defaultBranch });
    const objects = new ObjectStore(gitdir, this.#parts.cache, record.id);
    const changes: { kind: "write"; path: string; blob: string }[] = [];
    for (const [path, bytes] of files) changes.push({ kind: "write", path, blob: await objects.writeBlob(bytes) });
    const tree = await editTree(objects, await objects.writeTree([]), changes);
    const timestamp = nextTimestamp(undefined);
    const oid = await objects.writeCommit({ tree, parents: [], author, timestamp, message: "initial commit" });
    await new RefStore(gitdir).compareAndSet("heads", defaultBranch, undefined, oid);
  }
}
