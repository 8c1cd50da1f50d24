/** What a package may do beyond computing. Everything else is denied. */
export interface Permissions {
  /** Hosts it may send requests to: `api.example.com`, `api.example.com:8443`, `*.example.com`. Port 443 where none is named. */
  net: string[];
  /** Environment variables it may read. */
  env: string[];
  /** Paths it may read. */
  read: string[];
  /** Paths it may write. */
  write: string[];
  /** Programs it may start. */
  run: string[];
}

/** The kinds of permission, in the order in which they are shown. */
export const permissionKinds: readonly (keyof Permissions)[] = ["net", "env", "read", "write", "run"];

/** No permissions at all. */
export function noPermissions(): Permissions {
  return { net: [], env: [], read: [], write: [], run: [] };
}

/** What one set of permissions has that another lacks. */
export function missingPermissions(wanted: Permissions, granted: Permissions): Permissions {
  const missing = noPermissions();
  for (const kind of permissionKinds) {
    missing[kind] = wanted[kind].filter((value) => !granted[kind].includes(value));
  }
  return missing;
}

/** True when nothing is asked for. */
export function isEmpty(permissions: Permissions): boolean {
  return permissionKinds.every((kind) => permissions[kind].length === 0);
}

/** Permissions for a person: `net api.example.com, env API_KEY`. */
export function permissionsText(permissions: Permissions): string {
  const parts = permissionKinds.flatMap((kind) => permissions[kind].map((value) => `${kind} ${value}`));
  return parts.length === 0 ? "none" : parts.join(", ");
}

/** The same permissions, each once and sorted, so that equal sets have equal bytes. */
export function sortPermissions(permissions: Partial<Permissions>): Permissions {
  const sorted = noPermissions();
  for (const kind of permissionKinds) sorted[kind] = [...new Set(permissions[kind])].sort();
  return sorted;
}
