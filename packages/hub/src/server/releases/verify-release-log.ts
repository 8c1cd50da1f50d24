import { HubServerError } from "../hub-server-error.ts";
import { emptyReleaseLog, isReleaseEntry, releaseEntryHash, type ReleaseLogHead } from "./release-entry.ts";

/**
 * Checks that entries of a release log are an unbroken continuation of what is known already: each one follows the
 * one before, has the hash that its fields demand, and no version is released twice.
 *
 * A reader that keeps the returned head and gives it the next time sees every change of what it saw before.
 *
 * @param entries - Entries in their order, as `GET /api/registry/log?after=…` lists them.
 * @param known - The head after which they come; absent: they are the log from its start.
 * @returns The new head.
 * @throws HubServerError `HUB_RELEASE_LOG_BROKEN` that names the first wrong entry.
 */
export function verifyReleaseLog(entries: Iterable<unknown>, known: ReleaseLogHead = emptyReleaseLog): ReleaseLogHead {
  let head: ReleaseLogHead = { ...known };
  const released = new Set<string>();
  for (const entry of entries) {
    const seq = head.seq + 1;
    if (!isReleaseEntry(entry)) throw broken(seq, "it is no entry of a release log");
    if (entry.seq !== seq)
      throw broken(seq, `it has the number ${entry.seq}: an entry is missing, added or out of order`);
    if (entry.prev !== head.hash) throw broken(seq, "it does not continue the entry before: the log was rewritten");
    if (entry.hash !== releaseEntryHash(entry)) throw broken(seq, "its hash does not fit: it was changed");
    const version = `${entry.repo}@${entry.tag}`;
    if (released.has(version)) throw broken(seq, `${version} was released before`);
    released.add(version);
    head = { seq, hash: entry.hash };
  }
  return head;
}

function broken(seq: number, reason: string): HubServerError {
  return new HubServerError(
    "HUB_RELEASE_LOG_BROKEN",
    `The release log is broken at entry ${seq}: ${reason}. Do not trust what it says from there on.`,
  );
}
