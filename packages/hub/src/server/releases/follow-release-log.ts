import { HubServerError } from "../hub-server-error.ts";
import { emptyReleaseLog, isReleaseEntry, type ReleaseEntry, type ReleaseLogHead } from "./release-entry.ts";
import { verifyReleaseLog } from "./verify-release-log.ts";

/** What {@link followReleaseLog} read. */
export interface FollowedReleaseLog {
  /** To be kept, and given the next time. */
  head: ReleaseLogHead;
  /** The entries that are new, oldest first. */
  entries: ReleaseEntry[];
}

/**
 * Reads what was added to a hub's release log, and checks that it continues what was known. Whoever keeps the head
 * sees when the hub rewrites its history, or shows others another one.
 *
 * @param readPage - Asks a hub for `GET /api/registry/log?after=…`, and gives the JSON of the answer.
 * @param known - The head that was kept from the last time; default: nothing, so the log is read from its start.
 * @throws HubServerError `HUB_RELEASE_LOG_BROKEN` that says where it does not hold.
 */
export async function followReleaseLog(
  readPage: (after: number) => Promise<unknown>,
  known: ReleaseLogHead = emptyReleaseLog,
): Promise<FollowedReleaseLog> {
  const entries: ReleaseEntry[] = [];
  let head = known;
  for (;;) {
    const page = readAnswer(await readPage(head.seq));
    head = verifyReleaseLog(page.entries, head);
    entries.push(...page.entries);
    if (page.head.seq < head.seq) throw broken(`its head is entry ${page.head.seq}, but there is an entry ${head.seq}`);
    if (page.head.seq === head.seq) {
      if (page.head.hash !== head.hash) throw broken(`entry ${head.seq} is another one than before: it was rewritten`);
      return { head, entries };
    }
    if (page.entries.length === 0) throw broken(`the entries after ${head.seq} are missing`);
  }
}

function readAnswer(answer: unknown): { entries: ReleaseEntry[]; head: ReleaseLogHead } {
  const { entries, head } = typeof answer === "object" && answer !== null ? (answer as Record<string, unknown>) : {};
  if (Array.isArray(entries) && entries.every(isReleaseEntry) && isHead(head)) return { entries, head };
  throw broken("the answer is none of a hub");
}

function isHead(value: unknown): value is ReleaseLogHead {
  if (typeof value !== "object" || value === null) return false;
  const { seq, hash } = value as Partial<Record<keyof ReleaseLogHead, unknown>>;
  return typeof seq === "number" && typeof hash === "string";
}

function broken(reason: string): HubServerError {
  return new HubServerError("HUB_RELEASE_LOG_BROKEN", `The release log cannot be trusted: ${reason}.`);
}
