import { LockError } from "../errors/lock-error.ts";
import { declarationsFingerprint } from "../integrity/manifest-integrity.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { isEmpty, missingPermissions, permissionsText } from "../manifest/permissions.ts";
import type { LockEntry } from "./lock-data.ts";

/**
 * Holds a package against its entry in the lock file.
 *
 * @throws LockError `LOCK_PERMISSIONS_GROWN` or `LOCK_INTEGRITY`.
 */
export function checkLock(ref: string, entry: LockEntry, manifest: Manifest): void {
  const grown = missingPermissions(manifest.permissions, entry.permissions);
  if (!isEmpty(grown)) {
    throw new LockError(
      `${ref} asks for permissions that the lock file does not say were granted: ${permissionsText(grown)}. ` +
        `Look at the package; if that is right, grant them: smoltools update ${ref}`,
      { code: "LOCK_PERMISSIONS_GROWN", data: { ref, grown } },
    );
  }
  const pairs = [
    ["integrity", entry.integrity, manifest.integrity],
    ["declarations", entry.declarations, declarationsFingerprint(manifest.tools)],
  ] as const;
  for (const [what, expected, actual] of pairs) {
    if (expected === actual) continue;
    throw new LockError(
      `${ref} is not the package that was locked: its ${what} is ${actual}, the lock file says ${expected}. Do not use ` +
        "it before you know whether the package or the lock file was changed",
      { code: "LOCK_INTEGRITY", data: { ref, what, expected, actual } },
    );
  }
}
