import type { LockEntry } from "./lock-data.ts";

/** How two entries contradict each other. */
export interface Contradiction {
  /** What they disagree about. */
  about: "commit" | "integrity";
  /** What both claim to be: `acme/weather 1.2.0`. */
  name: string;
}

/**
 * Compares two entries of a lock file. A version is published once, so it has one commit; a commit has one content.
 *
 * @returns `undefined` for entries that can both be true.
 */
export function contradiction(a: LockEntry, b: LockEntry): Contradiction | undefined {
  if (a.hub !== b.hub || a.repoType !== b.repoType || a.repo !== b.repo) return undefined;
  const isSameVersion = a.version !== undefined && a.version === b.version;
  if (!isSameVersion && a.commit !== b.commit) return undefined;
  const name = `${a.repo} ${isSameVersion ? a.version : a.commit.slice(0, 12)}`;
  if (a.integrity !== b.integrity) return { about: "integrity", name };
  return a.commit === b.commit ? undefined : { about: "commit", name };
}
