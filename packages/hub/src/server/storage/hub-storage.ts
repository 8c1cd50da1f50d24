import type { Readable } from "node:stream";
import type { ReleaseEntry, ReleaseLogHead } from "../releases/release-entry.ts";
import type { RepoKey, RepoType } from "../repo/repo-key.ts";

/** What a hub knows of a repo beside its git objects. */
export interface RepoRecord extends RepoKey {
  /** 24 hexadecimal digits, random: a repo that is made again after a deletion has another one. */
  id: string;
  private: boolean;
  /** `static`, `gradio` or `docker`; Spaces only. */
  sdk?: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** The user who made it. */
  createdBy: string;
}

/** A repo to make. */
export interface NewRepo extends RepoKey {
  private: boolean;
  sdk?: string;
  createdBy: string;
  /** The files of its first commit. */
  files: ReadonlyMap<string, Uint8Array>;
}

/** A repo to make from another one: the files that its `HEAD` has, without its history and its versions. */
export type RepoCopy = Omit<NewRepo, "files">;

/** What can be changed of a repo that exists. */
export interface RepoSettings {
  private?: boolean;
}

/** A Git LFS object: the bytes that a pointer file stands for. */
export interface LfsObject {
  /** SHA-256 of the bytes, 64 hexadecimal digits. */
  oid: string;
  size: number;
}

/** Who a commit or an annotated tag is by. */
export interface Author {
  name: string;
  email: string;
}

/** A part of a file: both ends are in it. */
export interface ByteRange {
  start: number;
  end: number;
}

/** A branch or a tag. */
export interface Ref {
  /** Without `refs/heads/` and `refs/tags/`. */
  name: string;
  /** The commit; for annotated tags the one that they point at. */
  commit: string;
}

/** A commit as it is stored. */
export interface Commit {
  oid: string;
  tree: string;
  parents: string[];
  author: Author;
  /** When it was committed; ms since 1970, whole seconds. */
  committedAt: number;
  /** The first line of the message. */
  title: string;
  /** The message without its first line. */
  body: string;
}

/** A file or a folder of a commit. */
export interface Entry {
  type: "file" | "directory";
  /** From the root of the repo. */
  path: string;
  /** The id of its blob or tree. */
  oid: string;
}

/** One step of a commit. Steps are done in their order. */
export type Change =
  | { kind: "write"; path: string; blob: string }
  /** The object has to be uploaded before. Absent size: whatever it has. */
  | { kind: "writeLfs"; path: string; oid: string; size?: number }
  | { kind: "deleteFile"; path: string }
  | { kind: "deleteFolder"; path: string };

/** A commit to make. */
export interface NewCommit {
  branch: string;
  changes: readonly Change[];
  /** The first 5 to 40 digits of the commit that the branch must be at. Absent: whatever it is at. */
  parentCommit?: string;
  title: string;
  body: string;
  author: Author;
}

/** A tag to make. */
export interface NewTag {
  name: string;
  commit: string;
  /** Makes it an annotated tag. */
  message?: string;
  author: Author;
}

/** A branch whose history is to become one commit. */
export interface Squash {
  branch: string;
  title: string;
  body: string;
  author: Author;
}

/** A branch to make. */
export interface NewBranch {
  name: string;
  /** The commit to start at; absent: an empty branch, whose first commit has no files. */
  commit?: string;
  /** Replace a branch of this name. */
  overwrite: boolean;
  author: Author;
}

/** One repo: its objects, its refs and what changes them. */
export interface RepoStore {
  readonly record: RepoRecord;
  /** The folder of the bare repository, for git itself to read. */
  readonly gitdir: string;

  /** All branches and tags, by name. */
  refs(): Promise<{ branches: Ref[]; tags: Ref[] }>;
  /**
   * Finds the commit of `HEAD`, a tag, a branch, a full ref (`refs/heads/…`, `refs/tags/…`) or a commit id, of which
   * 5 digits or more may be given.
   */
  resolve(revision: string): Promise<string | undefined>;
  commit(oid: string): Promise<Commit>;
  /** The commits that lead to one, itself first, newest first. */
  history(oid: string): AsyncIterable<Commit>;
  /** How many commits {@link history} gives. */
  historyLength(oid: string): Promise<number>;

  /** The file or folder at a path of a commit; the root for the empty path. */
  entry(commit: string, path: string): Promise<Entry | undefined>;
  /**
   * What is in a folder of a commit, in the order of git's trees. A folder comes before what is in it.
   *
   * @param after - Leaves out everything up to this path, itself included.
   */
  entries(commit: string, folder: string, options: { recursive: boolean; after?: string }): AsyncIterable<Entry>;
  /** For each path, the commit that last changed it. A path whose commit lies too far back is left out. */
  lastCommits(commit: string, paths: readonly string[]): Promise<Map<string, Commit>>;
  /** The bytes of a file; of a Git LFS file its pointer's. For files that are known to be small. */
  blob(oid: string): Promise<Uint8Array>;
  /** The size of a file in bytes; of a Git LFS file its pointer's. */
  blobSize(oid: string): Promise<number>;
  /** The bytes of a file, or a part of them, as they are read. */
  blobStream(oid: string, range?: ByteRange): Promise<Readable>;
  /** The Git LFS object that a file stands for; `undefined` for all other files. */
  lfsObject(blob: string): Promise<LfsObject | undefined>;
  /** The repo's Git LFS objects. */
  readonly lfs: LfsObjects;

  /** Stores the bytes of a file that a later commit names. */
  writeBlob(bytes: Uint8Array): Promise<string>;
  /**
   * Makes one commit.
   *
   * @param signal - Gives up while it still waits for its turn; once begun, the commit is made.
   * @throws HubServerError `HUB_REVISION_NOT_FOUND`, `HUB_PARENT_NOT_HEAD`, `HUB_ENTRY_NOT_FOUND` (a deletion of what
   * is not there), `HUB_BAD_REQUEST` (a file where a folder is) or `HUB_BUSY`.
   */
  makeCommit(commit: NewCommit, signal?: AbortSignal): Promise<Commit>;
  /**
   * Replaces the history of a branch by one commit with the files that it has now. Tags stay where they are.
   *
   * @throws HubServerError `HUB_REVISION_NOT_FOUND` or `HUB_BUSY`.
   */
  squash(squash: Squash, signal?: AbortSignal): Promise<Commit>;
  /** @throws HubServerError `HUB_ALREADY_EXISTS`, `HUB_RELEASE_IMMUTABLE`, `HUB_BAD_REQUEST` or `HUB_BUSY`. */
  createTag(tag: NewTag, signal?: AbortSignal): Promise<void>;
  /** @throws HubServerError `HUB_REVISION_NOT_FOUND`, `HUB_RELEASE_IMMUTABLE` or `HUB_BUSY`. */
  deleteTag(name: string, signal?: AbortSignal): Promise<void>;
  /** @throws HubServerError `HUB_ALREADY_EXISTS`, `HUB_FORBIDDEN`, `HUB_BAD_REQUEST` or `HUB_BUSY`. */
  createBranch(branch: NewBranch, signal?: AbortSignal): Promise<void>;
  /** @throws HubServerError `HUB_REVISION_NOT_FOUND`, `HUB_FORBIDDEN` or `HUB_BUSY`. */
  deleteBranch(name: string, signal?: AbortSignal): Promise<void>;
}

/** The Git LFS objects of one repo: those that a commit names, and uploads that wait for one. */
export interface LfsObjects {
  /** The size of an object or an upload; `undefined` when neither is there. */
  size(oid: string): Promise<number | undefined>;
  /** The size of an object that a commit names. */
  committedSize(oid: string): Promise<number | undefined>;
  /** The bytes of an object that a commit names, or a part of them, as they are read. */
  stream(oid: string, range?: ByteRange): Readable;
  /**
   * Stores an upload. It can be named by a commit from then on; one that no commit names is removed after a day.
   *
   * @param chunks - The bytes as they come; `undefined` is the end.
   * @throws HubServerError `HUB_BAD_REQUEST` when they are others than announced, `HUB_TOO_LARGE` when the repo would
   * have more than its limit.
   */
  receive(object: LfsObject, chunks: () => Promise<Uint8Array | undefined>, signal?: AbortSignal): Promise<void>;
  /** Keeps an upload for another day. */
  refresh(oid: string): Promise<void>;
}

/** All repos of a hub. The only door between what the hub answers and where it keeps it. */
export interface HubStorage {
  /** @throws HubServerError `HUB_BAD_REQUEST` for an impossible name, `HUB_ALREADY_EXISTS` or `HUB_BUSY`. */
  createRepo(repo: NewRepo, author: Author, signal?: AbortSignal): Promise<RepoStore>;
  openRepo(key: RepoKey): Promise<RepoStore | undefined>;
  /**
   * @param options.released - Delete it even if it has released versions.
   * @throws HubServerError `HUB_REPO_NOT_FOUND`, `HUB_RELEASE_IMMUTABLE` or `HUB_BUSY`.
   */
  deleteRepo(key: RepoKey, options: { released: boolean; signal?: AbortSignal }): Promise<void>;
  /**
   * Changes the settings of a repo. The release log then has its versions under the name that goes with them: see
   * {@link moveRepo}.
   *
   * @throws HubServerError `HUB_REPO_NOT_FOUND`, `HUB_RELEASE_IMMUTABLE` or `HUB_BUSY`.
   */
  updateRepo(key: RepoKey, settings: RepoSettings, signal?: AbortSignal): Promise<RepoRecord>;
  /**
   * Gives a repo another name. Its id, its history and its versions stay; the release log gets an entry for each
   * version under the new name, and keeps the old ones. The old name is free, but not for the versions it had.
   *
   * @param options.released - Move it even if it has released versions.
   * @throws HubServerError `HUB_REPO_NOT_FOUND`; `HUB_ALREADY_EXISTS`; `HUB_RELEASE_IMMUTABLE` when it has released
   * versions, or when one of them was released before under the new name; `HUB_BAD_REQUEST` or `HUB_BUSY`.
   */
  moveRepo(from: RepoKey, to: RepoKey, options: { released: boolean; signal?: AbortSignal }): Promise<RepoRecord>;
  /** @throws HubServerError `HUB_REPO_NOT_FOUND`, `HUB_ALREADY_EXISTS`, `HUB_BAD_REQUEST` or `HUB_BUSY`. */
  duplicateRepo(from: RepoKey, to: RepoCopy, author: Author, signal?: AbortSignal): Promise<RepoRecord>;
  /** All repos of a type, by id. */
  listRepos(type: RepoType): Promise<RepoStore[]>;
  /**
   * Signs a text with a secret that all servers of the same folder have and nobody else.
   *
   * @returns 64 hexadecimal digits.
   */
  sign(text: string): Promise<string>;
  /** A page of the release log: entries whose `seq` is above `after`, oldest first, and the last entry of all. */
  releases(after: number, limit: number): Promise<{ entries: ReleaseEntry[]; head: ReleaseLogHead }>;
}
