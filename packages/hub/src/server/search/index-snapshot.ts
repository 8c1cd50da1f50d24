import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { atomicWrite } from "../storage/disk/files/atomic-write.ts";
import { hasCode } from "../../shared/has-code.ts";
import type { JournalPosition } from "./change-journal.ts";
import { type IndexedRepo, isIndexedRepo } from "./indexed-repo.ts";
import { parseJson } from "../../shared/parse-json.ts";

/** The form of the snapshot: one of another form is not read. */
const version = 2;

/** What a snapshot holds. */
export interface IndexSnapshot {
  repos: IndexedRepo[];
  /** How far the journal was read when it was written. */
  journal: JournalPosition;
}

/**
 * Writes what the index knows, one line a repo, so that the next start need not read every repo. It can be deleted at
 * any time.
 */
export async function writeSnapshot(path: string, { repos, journal }: IndexSnapshot): Promise<void> {
  const lines = [{ version, journal }, ...repos].map((line) => JSON.stringify(line));
  await atomicWrite(path, `${lines.join("\n")}\n`, 0o600);
}

/** Reads a snapshot. A line that cannot be read is left out: its repo is read anew. */
export async function readSnapshot(path: string): Promise<IndexSnapshot | undefined> {
  let journal: JournalPosition | undefined;
  const repos: IndexedRepo[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(path) })) {
      const value = parseJson(line);
      if (!journal) {
        journal = journalOf(value);
        if (!journal) return undefined;
      } else if (isIndexedRepo(value)) repos.push(value);
    }
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
  return journal && { repos, journal };
}

function journalOf(value: unknown): JournalPosition | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const head = value as { version?: unknown; journal?: Partial<Record<keyof JournalPosition, unknown>> };
  const { file, offset } = head.journal ?? {};
  return head.version === version && typeof file === "string" && typeof offset === "number"
    ? { file, offset }
    : undefined;
}
