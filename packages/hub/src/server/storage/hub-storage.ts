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

/** Who a commit or an annotated tag is by. */
export interface Author {
  name: string;
  email: string;
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
  /** The bytes of a file. */
  blob(oid: string): Promise<Uint8Array>;
  /** The size of a file in bytes. */
  blobSize(oid: string): Promise<number>;

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
  /** @throws HubServerError `HUB_ALREADY_EXISTS`, `HUB_RELEASE_IMMUTABLE`, `HUB_BAD_REQUEST` or `HUB_BUSY`. */
  createTag(tag: NewTag, signal?: AbortSignal): Promise<void>;
  /** @throws HubServerError `HUB_REVISION_NOT_FOUND`, `HUB_RELEASE_IMMUTABLE` or `HUB_BUSY`. */
  deleteTag(name: string, signal?: AbortSignal): Promise<void>;
  /** @throws HubServerError `HUB_ALREADY_EXISTS`, `HUB_FORBIDDEN`, `HUB_BAD_REQUEST` or `HUB_BUSY`. */
  createBranch(branch: NewBranch, signal?: AbortSignal): Promise<void>;
  /** @throws HubServerError `HUB_REVISION_NOT_FOUND`, `HUB_FORBIDDEN` or `HUB_BUSY`. */
  deleteBranch(name: string, signal?: AbortSignal): Promise<void>;
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
  /** All repos of a type, by id. */
  listRepos(type: RepoType): Promise<RepoStore[]>;
  /** A page of the release log: entries whose `seq` is above `after`, oldest first, and the last entry of all. */
  releases(after: number, limit: number): Promise<{ entries: ReleaseEntry[]; head: ReleaseLogHead }>;
}
