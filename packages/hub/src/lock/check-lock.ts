import { LockError } from "../errors/lock-error.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { isEmpty, missingPermissions, permissionsText } from "../manifest/permissions.ts";
import type { LockEntry } from "./lock-file.ts";

/**
 * Holds a package against its entry in the lock file.
 *
 * @throws LockError `LOCK_PERMISSIONS_GROWN` or `LOCK_INTEGRITY`.
 */
export function checkLock(ref: string, entry: LockEntry, manifest: Manifest): void {
  const grown = missingPermissions(manifest.permissions, entry.permissions);
  if (!isEmpty(grown)) {
    throw new LockError(
      `${ref} asks for permissions that it did not have when it was locked: ${permissionsText(grown)}. ` +
        "Look at the package; if that is right, lock it anew",
      { code: "LOCK_PERMISSIONS_GROWN", data: { ref, grown } },
    );
  }
  if (manifest.integrity !== entry.integrity) {
    throw new LockError(
      `${ref} is not the package that was locked: it has ${manifest.integrity}, the lock file says ${entry.integrity}. ` +
        "Do not use it before you know why",
      { code: "LOCK_INTEGRITY", data: { ref, expected: entry.integrity, actual: manifest.integrity } },
    );
  }
}
