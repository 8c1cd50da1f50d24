import { PermissionError } from "../errors/permission-error.ts";
import { permissionProblem } from "../manifest/permission-problem.ts";
import {
  isEmpty,
  missingPermissions,
  noPermissions,
  permissionKinds,
  type Permissions,
  permissionsText,
  sortPermissions,
} from "../manifest/permissions.ts";

/** What a caller grants: these permissions, or whatever the package declares. */
export type Grant = Partial<Permissions> | "declared";

/**
 * Decides what a package may do: exactly what it declares, if all of that is granted.
 *
 * @param granted - What the caller or the lock file grants. Nothing by default.
 * @throws PermissionError `PERMISSION_NOT_GRANTED` that lists what is missing and how to grant it;
 *   `PERMISSION_INVALID` for a permission that is written wrongly.
 */
export function grantPermissions(source: string, declared: Permissions, granted: Grant = noPermissions()): Permissions {
  if (granted === "declared") return declared;
  checkForm(granted);
  const missing = missingPermissions(declared, sortPermissions(granted));
  if (isEmpty(missing)) return declared;
  throw new PermissionError(
    `${source} wants permissions that are not granted: ${permissionsText(missing)}. If you trust it with them, pass ` +
      `permissions: ${JSON.stringify(onlyNamed(declared))}, or "declared" for whatever it declares`,
    { code: "PERMISSION_NOT_GRANTED", data: { source, missing } },
  );
}

/** A misspelt permission would grant nothing, and nobody would know why. */
function checkForm(granted: Partial<Permissions>): void {
  for (const kind of permissionKinds) {
    for (const value of granted[kind] ?? []) {
      const problem = permissionProblem(kind, value);
      if (problem === undefined) continue;
      throw new PermissionError(`The permission ${kind} ${JSON.stringify(value)} is written wrongly: ${problem}`, {
        code: "PERMISSION_INVALID",
        data: { kind, value },
      });
    }
  }
}

function onlyNamed(permissions: Permissions): Partial<Permissions> {
  return Object.fromEntries(Object.entries(permissions).filter(([, values]) => values.length > 0));
}
