import { permissionKinds, type Permissions } from "@smoltools/hub";

/** All of these permissions together, each once and sorted. */
export function allPermissions(...sets: readonly Partial<Permissions>[]): Permissions {
  const all: Permissions = { net: [], env: [], read: [], write: [], run: [] };
  for (const kind of permissionKinds) all[kind] = [...new Set(sets.flatMap((set) => set[kind] ?? []))].sort();
  return all;
}
