import { LockError } from "../errors/lock-error.ts";

/** The refusal of a ref that a frozen lock file does not hold. */
export function notLocked(ref: string, path: string | undefined): LockError {
  return new LockError(`${ref} is not in ${path ?? "a lock file"}, which is frozen: add it with smoltools pull`, {
    code: "LOCK_ENTRY_MISSING",
    data: { ref, path },
  });
}
