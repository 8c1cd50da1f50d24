import type { Permissions } from "@smoltools/hub";

const kinds = ["net", "env", "read", "write", "run"] as const satisfies readonly (keyof Permissions)[];

/** All of these permissions together, each once and sorted. */
export function allPermissions(...sets: readonly Partial<Permissions>[]): Permissions {
  const all: Permissions = { net: [], env: [], read: [], write: [], run: [] };
  for (const kind of kinds) all[kind] = [...new Set(sets.flatMap((set) => set[kind] ?? []))].sort();
  return all;
}
