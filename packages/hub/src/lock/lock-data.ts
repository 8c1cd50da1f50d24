import type { Permissions } from "../manifest/permissions.ts";
import type { RepoType } from "../ref/ref.ts";

/** The usual name of a lock file. */
export const lockFileName = "smoltools.lock";

/** One ref, pinned. */
export interface LockEntry {
  /** Base address of the hub. */
  hub: string;
  repoType: RepoType;
  repo: string;
  /** The package is one of an agent; absent for one of tools. */
  kind?: "agent";
  version?: string;
  /** 40 hexadecimal digits. */
  commit: string;
  /** The manifest's integrity. */
  integrity: string;
  /** What the package was granted. */
  permissions: Permissions;
  /** Fingerprint of the tools' declarations. */
  declarations: string;
  /** Id of the key that signed it; absent for an unsigned package. */
  signedBy?: string;
}

/** What a lock file holds. */
export interface LockData {
  lockfileVersion: 1;
  /** By the ref as it was asked for, without `#tool`. */
  packages: Record<string, LockEntry>;
  /** What the tools of other sources declared when they were first seen: by source and tool, a fingerprint. */
  sources?: Record<string, Record<string, string>>;
}

/** The text of a lock file: entries sorted, so that it changes only where its content does. Members of others stay. */
export function formatLock(data: LockData): string {
  const packages = sorted(data.packages);
  const sources = data.sources && sorted(data.sources, sorted);
  return `${JSON.stringify({ ...data, packages, ...(sources && { sources }) }, null, 2)}\n`;
}

function sorted<Value>(members: Record<string, Value>, inner = (value: Value): Value => value): Record<string, Value> {
  const entries = Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, inner(value)]));
}
