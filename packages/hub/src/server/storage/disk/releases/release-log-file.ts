import { open } from "node:fs/promises";
import { HubServerError } from "../../../hub-server-error.ts";
import {
  emptyReleaseLog,
  isReleaseEntry,
  type ReleaseEntry,
  releaseEntryHash,
} from "../../../releases/release-entry.ts";
import type { ReleaseLogHead } from "../../../releases/release-entry.ts";
import { verifyReleaseLog } from "../../../releases/verify-release-log.ts";
import { flush } from "../files/atomic-write.ts";
import type { FileLocks } from "../locks/file-locks.ts";
import { unlessMissing } from "../../../../shared/has-code.ts";
import type { Layout } from "../layout.ts";
import { parseJson } from "../../../../shared/parse-json.ts";

/** A version of a repo. */
export interface Release {
  tag: string;
  commit: string;
}

/**
 * The release log of a hub: a file to which lines are added, never changed. What was read stays in memory; only what
 * was added since is read again. Each line is checked against the one before when it is read.
 */
export class ReleaseLogFile {
  readonly #layout: Layout;
  readonly #locks: FileLocks;
  readonly #entries: ReleaseEntry[] = [];
  readonly #commits = new Map<string, string>();
  #head: ReleaseLogHead = emptyReleaseLog;
  /** How many bytes of the file were read: up to the end of a line. */
  #offset = 0;
  #reading: Promise<void> = Promise.resolve();

  constructor(layout: Layout, locks: FileLocks) {
    this.#layout = layout;
    this.#locks = locks;
  }

  /**
   * Adds releases of a repo. All are checked before one is added.
   *
   * A version that is in the log already, for the same commit, is not added again: the process that added it died
   * before it made the tag.
   *
   * @param repo - As in {@link ReleaseEntry.repo}.
   * @throws HubServerError `HUB_RELEASE_IMMUTABLE` when a version was released for another commit.
   */
  async append(repo: string, releases: readonly Release[]): Promise<void> {
    await using _lock = await this.#locks.take(this.#layout.releaseLock);
    await this.#catchUp();
    const entries: ReleaseEntry[] = [];
    let { seq, hash: prev } = this.#head;
    for (const { tag, commit } of releases) {
      const released = this.#commits.get(`${repo}@${tag}`);
      if (released === commit) continue;
      if (released !== undefined) {
        throw new HubServerError(
          "HUB_RELEASE_IMMUTABLE",
          `${tag} of ${repo} was released before, as ${released}. A version is never used again: publish a higher one.`,
        );
      }
      seq += 1;
      const entry = { seq, repo, tag, commit, at: new Date().toISOString(), prev };
      prev = releaseEntryHash(entry);
      entries.push({ ...entry, hash: prev });
    }
    if (entries.length === 0) return;
    await this.#write(entries);
    await this.#catchUp();
  }

  /** The entries after a number, and the last of all. */
  async page(after: number, limit: number): Promise<{ entries: ReleaseEntry[]; head: ReleaseLogHead }> {
    await this.#catchUp();
    return { entries: this.#entries.slice(after, after + limit), head: this.#head };
  }

  /** Cuts off a line that a crash left unfinished, and adds some. */
  async #write(entries: readonly ReleaseEntry[]): Promise<void> {
    await using file = await open(this.#layout.releaseLog, "a");
    await file.truncate(this.#offset);
    await file.writeFile(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    await file.sync();
    if (this.#offset === 0) await flush(this.#layout.root);
  }

  /** Reads what was added since the last time. One at a time: two would read the same lines. */
  #catchUp(): Promise<void> {
    this.#reading = this.#reading.then(
      () => this.#readOn(),
      () => this.#readOn(),
    );
    return this.#reading;
  }

  async #readOn(): Promise<void> {
    const file = await unlessMissing(open(this.#layout.releaseLog, "r"));
    if (!file) {
      if (this.#offset > 0) throw shortened();
      return;
    }
    await using _closing = file;
    const { size } = await file.stat();
    if (size < this.#offset) throw shortened();
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(size - this.#offset),
      0,
      size - this.#offset,
      this.#offset,
    );
    const end = buffer.lastIndexOf("\n", bytesRead - 1) + 1;
    if (bytesRead === 0 || end === 0) return;
    const entries = parseLines(buffer.toString("utf8", 0, end));
    this.#head = verifyReleaseLog(entries, this.#head);
    this.#offset += end;
    for (const entry of entries) {
      this.#entries.push(entry);
      this.#commits.set(`${entry.repo}@${entry.tag}`, entry.commit);
    }
  }
}

function parseLines(text: string): ReleaseEntry[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      const entry = parseJson(line);
      if (isReleaseEntry(entry)) return entry;
      throw new HubServerError("HUB_RELEASE_LOG_BROKEN", "The hub's release log has a line that is no entry.");
    });
}

function shortened(): HubServerError {
  return new HubServerError("HUB_RELEASE_LOG_BROKEN", "The hub's release log has become shorter: it was changed.");
}
