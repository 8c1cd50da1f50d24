import { randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { HubServerError } from "../../hub-server-error.ts";
import { defaultHubLimits } from "../../hub-limits.ts";
import type { ReleaseEntry, ReleaseLogHead } from "../../releases/release-entry.ts";
import { isReleaseTag } from "../../repo/release-tag.ts";
import { checkRepoKey, type RepoKey, repoId, type RepoType } from "../../repo/repo-key.ts";
import type { Author, HubStorage, NewRepo, RepoCopy, RepoRecord, RepoSettings, RepoStore } from "../hub-storage.ts";
import { makeFolder, flush } from "./files/atomic-write.ts";
import { backUp } from "./back-up.ts";
import { buildRepo } from "./build-repo.ts";
import { copyTree } from "./copy-tree.ts";
import { type DiskLimits, type DiskParts, diskParts } from "./disk-parts.ts";
import { GitRepo } from "./git-repo.ts";
import { moveRepo, updateRepo } from "./move-repo.ts";
import { removeLeftovers } from "./files/remove-unfinished-files.ts";
import { SigningKey } from "./signing-key.ts";
import { takeRepoLock } from "./locks/take-repo-lock.ts";
import { editTree } from "./objects/tree-editor.ts";

/** A hub in a folder: bare git repositories and their records. Several processes may work on one folder. */
export class DiskStorage implements HubStorage {
  readonly #parts: DiskParts;
  readonly #key: SigningKey;

  /**
   * Opens a folder. It is made if it is missing, for this user of the system only: it holds private repos too.
   *
   * @param root - The folder.
   * @param limits - Those that differ from the hub's defaults.
   */
  static async open(root: string, limits: Partial<DiskLimits> = {}): Promise<DiskStorage> {
    await mkdir(root, { recursive: true, mode: 0o700 });
    const storage = new DiskStorage(root, { ...defaultHubLimits, ...limits });
    await removeLeftovers(storage.#parts.layout);
    return storage;
  }

  private constructor(root: string, limits: DiskLimits) {
    this.#parts = diskParts(root, limits);
    this.#key = new SigningKey(this.#parts.layout.signingKey);
  }

  async createRepo(repo: NewRepo, author: Author, signal?: AbortSignal): Promise<RepoStore> {
    checkRepoKey(repo);
    const writeTree = async ({ objects }: GitRepo) => {
      const files = [...repo.files].map(async ([path, bytes]) => {
        return { kind: "write" as const, path, blob: await objects.writeBlob(bytes) };
      });
      return editTree(objects, await objects.writeTree([]), await Promise.all(files));
    };
    return buildRepo(this.#parts, repo, { writeTree, message: "initial commit", author }, signal);
  }

  async openRepo(key: RepoKey): Promise<RepoStore | undefined> {
    const record = await this.#parts.records.read(key);
    return record && new GitRepo(record, this.#parts);
  }

  async deleteRepo(key: RepoKey, options: { released: boolean; signal?: AbortSignal }): Promise<void> {
    checkRepoKey(key);
    const { layout, records } = this.#parts;
    const doomed = join(layout.trash, randomUUID());
    {
      await using _lock = await takeRepoLock(this.#parts, key, options.signal);
      const record = await records.read(key);
      if (!record) throw new HubServerError("HUB_REPO_NOT_FOUND", `There is no ${key.type} ${repoId(key)}.`);
      const released = [...(await new GitRepo(record, this.#parts).gitRefs.names("tags"))].find(isReleaseTag);
      if (released !== undefined && !options.released) {
        throw new HubServerError(
          "HUB_RELEASE_IMMUTABLE",
          `${repoId(key)} has released versions (${released}): others may depend on them. Only an admin may delete it.`,
        );
      }
      await makeFolder(layout.trash);
      await rename(layout.gitdir(key), doomed);
      await flush(layout.namespace(key));
    }
    await rm(doomed, { recursive: true, force: true });
  }

  async updateRepo(key: RepoKey, settings: RepoSettings, signal?: AbortSignal): Promise<RepoRecord> {
    checkRepoKey(key);
    return updateRepo(this.#parts, key, settings, signal);
  }

  async moveRepo(
    from: RepoKey,
    to: RepoKey,
    options: { released: boolean; signal?: AbortSignal },
  ): Promise<RepoRecord> {
    checkRepoKey(from);
    checkRepoKey(to);
    return moveRepo(this.#parts, from, to, options);
  }

  async duplicateRepo(from: RepoKey, to: RepoCopy, author: Author, signal?: AbortSignal): Promise<RepoRecord> {
    checkRepoKey(to);
    const record = await this.#parts.records.read(from);
    if (!record) throw new HubServerError("HUB_REPO_NOT_FOUND", `There is no ${from.type} ${repoId(from)}.`);
    const source = new GitRepo(record, this.#parts);
    const head = await source.resolve("HEAD");
    if (head === undefined) throw new HubServerError("HUB_STORAGE_BROKEN", `${repoId(from)} has no HEAD.`);
    const { tree } = await source.commit(head);
    const writeTree = async (copy: GitRepo) => {
      await copyTree(source, copy, tree);
      return tree;
    };
    const message = `Duplicate from ${repoId(from)}`;
    return (await buildRepo(this.#parts, to, { writeTree, message, author }, signal)).record;
  }

  async listRepos(type: RepoType): Promise<RepoStore[]> {
    return (await this.#parts.records.list(type)).map((record) => new GitRepo(record, this.#parts));
  }

  releases(after: number, limit: number): Promise<{ entries: ReleaseEntry[]; head: ReleaseLogHead }> {
    return this.#parts.releases.page(after, limit);
  }

  sign(text: string): Promise<string> {
    return this.#key.sign(text);
  }

  /**
   * Copies everything to another folder while the hub goes on. A hub that is started on the copy has every commit and
   * every version that was there when this began, and none without its files.
   *
   * @param target - A folder that does not exist yet. It appears when the copy is complete.
   * @throws HubServerError `HUB_ALREADY_EXISTS`.
   */
  backUp(target: string): Promise<void> {
    return backUp(this.#parts, target);
  }
}
