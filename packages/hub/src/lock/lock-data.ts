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
}

/** The text of a lock file: entries sorted, so that it changes only where its content does. Members of others stay. */
export function formatLock(data: LockData): string {
  const packages = Object.fromEntries(Object.entries(data.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ ...data, packages }, null, 2)}\n`;
}
