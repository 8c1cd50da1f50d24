import { SmoltoolsError } from "@smoltools/core";

/**
 * Errors of lock files.
 *
 * | code | meaning |
 * | --- | --- |
 * | `LOCK_INVALID` | the file is not a lock file, of a later format, or cannot be true |
 * | `LOCK_BUSY` | another process keeps the file from being written |
 * | `LOCK_OTHER_HUB` | the ref is locked to another hub than the one that is asked |
 * | `LOCK_ENTRY_MISSING` | a frozen lock file does not hold the ref |
 * | `LOCK_TAG_MOVED` | the version's tag points at another commit than when it was locked |
 * | `LOCK_INTEGRITY` | the package's content is not what was locked |
 * | `LOCK_PERMISSIONS_GROWN` | the package asks for more than the lock file says was granted |
 */
export type LockErrorCode =
  | "LOCK_INVALID"
  | "LOCK_BUSY"
  | "LOCK_OTHER_HUB"
  | "LOCK_ENTRY_MISSING"
  | "LOCK_TAG_MOVED"
  | "LOCK_INTEGRITY"
  | "LOCK_PERMISSIONS_GROWN";

/** A lock file that does not hold, or a package that broke it. */
export class LockError extends SmoltoolsError<LockErrorCode, Record<string, unknown>> {}
