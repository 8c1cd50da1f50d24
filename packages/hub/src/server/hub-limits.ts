/** The limits of a hub. All of them are always on; times in milliseconds, sizes in bytes. */
export interface HubLimits {
  /** Largest file that is sent in a commit itself and stored as a git object. Larger ones go by Git LFS. */
  maxRegularFileBytes: number;
  /** Largest file that is sent by Git LFS. */
  maxLfsFileBytes: number;
  /** Most bytes of all Git LFS files of one repo together. */
  maxLfsRepoBytes: number;
  /** Most bytes of all files of one commit together; those sent by Git LFS do not count. */
  maxCommitBytes: number;
  /** Most files that one commit writes and deletes. */
  maxFilesPerCommit: number;
  /** Largest body of every request that is not a commit. */
  maxBodyBytes: number;
  /** Most commits to one repo whose files are received at the same time; further ones wait. */
  maxConcurrentCommits: number;
  /** Most commits that wait for one repo; further ones are refused with 503. */
  maxWaitingCommits: number;
  /** Most connections; further ones are closed. */
  maxConnections: number;
  /** Longest time for the head of a request. */
  headersTimeoutMs: number;
  /** Longest time for a whole request, its body included. */
  requestTimeoutMs: number;
  /** Longest time for the upload of one Git LFS file. */
  uploadTimeoutMs: number;
  /** How long an address for the upload or download of a Git LFS file can be used. */
  lfsUrlLifetimeMs: number;
  /** Most `git clone` and `git fetch` that are served at the same time; further ones wait. */
  maxConcurrentGit: number;
  /** Longest time for one of them. */
  gitTimeoutMs: number;
  /** Longest time in which nothing moves on a connection. */
  idleTimeoutMs: number;
  /** Longest wait for another process that works on the same repo. */
  lockTimeoutMs: number;
  /** How long `close()` waits for running requests before it cuts them off. */
  closeTimeoutMs: number;
}

/** The limits that hold where none are given. */
export const defaultHubLimits: Readonly<HubLimits> = Object.freeze({
  maxRegularFileBytes: 20 * 1024 * 1024,
  maxLfsFileBytes: 5 * 1024 * 1024 * 1024,
  maxLfsRepoBytes: 50 * 1024 * 1024 * 1024,
  maxCommitBytes: 100 * 1024 * 1024,
  maxFilesPerCommit: 2_000,
  maxBodyBytes: 4 * 1024 * 1024,
  maxConcurrentCommits: 4,
  maxWaitingCommits: 256,
  maxConnections: 1_000,
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 300_000,
  uploadTimeoutMs: 6 * 3_600_000,
  lfsUrlLifetimeMs: 3_600_000,
  maxConcurrentGit: 8,
  gitTimeoutMs: 600_000,
  idleTimeoutMs: 60_000,
  lockTimeoutMs: 15_000,
  closeTimeoutMs: 5_000,
});
