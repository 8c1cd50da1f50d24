import { PermissionError } from "../errors/permission-error.ts";
import {
  isEmpty,
  missingPermissions,
  noPermissions,
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
 * @throws PermissionError `PERMISSION_NOT_GRANTED` that lists what is missing and how to grant it.
 */
export function grantPermissions(source: string, declared: Permissions, granted: Grant = noPermissions()): Permissions {
  if (granted === "declared") return declared;
  const missing = missingPermissions(declared, sortPermissions(granted));
  if (isEmpty(missing)) return declared;
  throw new PermissionError(
    `${source} wants permissions that are not granted: ${permissionsText(missing)}. If you trust it with them, pass ` +
      `permissions: ${JSON.stringify(onlyNamed(declared))}, or "declared" for whatever it declares`,
    { code: "PERMISSION_NOT_GRANTED", data: { source, missing } },
  );
}

function onlyNamed(permissions: Permissions): Partial<Permissions> {
  return Object.fromEntries(Object.entries(permissions).filter(([, values]) => values.length > 0));
}
