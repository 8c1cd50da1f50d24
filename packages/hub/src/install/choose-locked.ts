import { notLocked } from "../load/open/not-locked.ts";
import type { LockEntry } from "../lock/lock-data.ts";
import { LockFile } from "../lock/lock-file.ts";
import { parseRef } from "../ref/parse-ref.ts";
import { formatRef, type HubRef } from "../ref/ref.ts";

/** A ref of a lock file. */
export interface LockedRef {
  key: string;
  ref: HubRef;
  entry: LockEntry;
}

/** Refs of a lock file that some work is for. */
export interface ChosenRefs {
  locked: LockedRef[];
  /** Refs that are locked to other hubs than the one that is asked: they are left alone. */
  otherHubs: string[];
}

/**
 * Finds refs in a lock file: those that are named, or all that are locked to a hub.
 *
 * @param refs - Absent for all. A `#tool` plays no part.
 * @param hubUrl - The hub that is asked, without a slash at its end.
 * @throws LockError `LOCK_ENTRY_MISSING` for a ref that is not there, and as `LockFile` does.
 */
export async function chooseLocked(
  lockFile: string,
  refs: readonly string[] | undefined,
  hubUrl: string,
): Promise<ChosenRefs> {
  const { packages } = await new LockFile(lockFile).read();
  const keys = refs ? [...new Set(refs.map((ref) => keyOf(ref, hubUrl)))] : Object.keys(packages);
  const chosen: ChosenRefs = { locked: [], otherHubs: [] };
  for (const key of keys) {
    const entry = Object.hasOwn(packages, key) ? packages[key] : undefined;
    const ref = parseRef(key);
    if (!entry || ref.kind !== "hub") throw notLocked(key, lockFile);
    if (entry.hub !== hubUrl) chosen.otherHubs.push(key);
    else chosen.locked.push({ key, ref, entry });
  }
  return chosen;
}

/** The ref as a lock file knows it. */
function keyOf(text: string, hubUrl: string): string {
  const { tool: _tool, ...ref } = parseRef(text, { hubUrl });
  return formatRef(ref);
}
