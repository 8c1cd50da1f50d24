import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { FileLocks } from "../storage/disk/locks/file-locks.ts";
import { unlessMissing } from "../../shared/has-code.ts";
import type { AuditEntry } from "./audit-entry.ts";

/** Longest wait for another process that begins a new file. */
const lockTimeoutMs = 15_000;

/** Most lines that wait to be written: more than a slow disk makes wait, less than memory holds. */
const maxWaiting = 10_000;

/** How much of the log is kept. */
export interface AuditLogLimits {
  /** A file that is larger is put aside, and a new one begun. */
  maxFileBytes: number;
  /** How many files that were put aside are kept. */
  keptFiles: number;
}

/** The limits that hold where none are given: about half a million lines. */
export const defaultAuditLogLimits: Readonly<AuditLogLimits> = Object.freeze({
  maxFileBytes: 16 * 1024 * 1024,
  keptFiles: 10,
});

/**
 * The audit log of a hub: `audit/audit.jsonl`, to which lines are only added, by several processes if need be. Lines
 * that come while others are written are written together.
 */
export class AuditLog {
  readonly #folder: string;
  readonly #limits: AuditLogLimits;
  readonly #locks = new FileLocks(lockTimeoutMs);
  readonly #onFailure: (error: unknown) => void;
  #lines: string[] = [];
  #writing: Promise<void> | undefined;

  /**
   * @param root - The folder of the hub.
   * @param onFailure - Is told when lines could not be written; what they were about is done all the same.
   */
  constructor(root: string, onFailure: (error: unknown) => void, limits: AuditLogLimits = defaultAuditLogLimits) {
    this.#folder = join(root, "audit");
    this.#onFailure = onFailure;
    this.#limits = limits;
  }

  /** Adds a line. It is on its way to the file when this returns, and there after {@link AuditLog.flush}. */
  write(entry: AuditEntry): void {
    if (this.#lines.length >= maxWaiting) {
      return this.#onFailure(new Error(`The audit log is written too slowly: ${entry.action} is not in it.`));
    }
    this.#lines.push(`${JSON.stringify(entry)}\n`);
    this.#writing ??= this.#drain();
  }

  /** Waits until every line is in the file. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  get #path(): string {
    return join(this.#folder, "audit.jsonl");
  }

  async #drain(): Promise<void> {
    try {
      while (this.#lines.length > 0) {
        const lines = this.#lines.join("");
        this.#lines = [];
        await this.#append(lines);
      }
    } catch (error) {
      this.#lines = [];
      this.#onFailure(error);
    } finally {
      this.#writing = undefined;
    }
  }

  async #append(lines: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    // Opened each time: another process may have put the file aside meanwhile.
    await using file = await open(this.#path, "a", 0o600);
    await file.appendFile(lines);
    if ((await file.stat()).size > this.#limits.maxFileBytes) await this.#putAside();
  }

  async #putAside(): Promise<void> {
    await using _lock = await this.#locks.take(join(this.#folder, "audit.lock"));
    const present = await unlessMissing(stat(this.#path));
    if (!present || present.size <= this.#limits.maxFileBytes) return;
    // The time sorts the names; the size tells two files of one millisecond apart.
    const time = new Date().toISOString().replaceAll(":", "-");
    await rename(this.#path, join(this.#folder, `audit-${time}-${present.size}.jsonl`));
    const aside = (await readdir(this.#folder)).filter((name) => /^audit-.+\.jsonl$/.test(name)).sort();
    for (const name of aside.slice(0, -this.#limits.keptFiles)) await rm(join(this.#folder, name), { force: true });
  }
}
