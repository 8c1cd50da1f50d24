import type { Permissions } from "../manifest/permissions.ts";

/** A package that is locked: what the lock file says of it. */
export interface AddedPackage {
  /** The ref as the lock file knows it. */
  ref: string;
  /** The package is one of an agent; absent for one of tools. */
  kind?: "agent";
  name: string;
  /** Absent for an agent of smolagents at a commit that is no version. */
  version?: string;
  /** 40 hexadecimal digits. */
  commit: string;
  integrity: string;
  permissions: Permissions;
  /** True when the lock file held it before. */
  wasLocked: boolean;
}

/** A package whose files are all on this machine, verified. */
export interface InstalledPackage extends AddedPackage {
  /** How many files it has; of an agent with those of its tools' packages and of the agents that it manages. */
  files: number;
}
