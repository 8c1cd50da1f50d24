import { LockError } from "../../errors/lock-error.ts";

/** The refusal of a ref that a lock file does not hold. */
export function notLocked(ref: string, path: string | undefined): LockError {
  return new LockError(`${ref} is not in ${path ?? "a lock file"}: lock it with smoltools add ${ref}`, {
    code: "LOCK_ENTRY_MISSING",
    data: { ref, path },
  });
}
