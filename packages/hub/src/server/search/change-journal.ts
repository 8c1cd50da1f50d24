import { randomUUID } from "node:crypto";
import { appendFile, mkdir, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { atomicWrite } from "../storage/disk/files/atomic-write.ts";
import { unlessMissing } from "../../shared/has-code.ts";
import { isObject } from "../../shared/is-object.ts";
import { parseJson } from "../../shared/parse-json.ts";

/** A larger journal is begun anew. */
const maxBytes = 1024 * 1024;
/** How much is read at a time. */
const pieceBytes = 64 * 1024;

/** How far a journal was read. */
export interface JournalPosition {
  /** Which file it was: a new one has another. */
  file: string;
  offset: number;
}

/**
 * Where the processes of a hub tell each other which repos have changed: lines that are only added. It is a hint, not
 * a record: whoever misses a line finds out at the next look at all repos.
 */
export class ChangeJournal {
  readonly #path: string;
  /** Tells the lines of this process from those of others. */
  readonly #own = randomUUID();
  #position: JournalPosition;
  #writing: Promise<void> = Promise.resolve();

  /** @param position - How far it was read before. */
  constructor(path: string, position: JournalPosition = { file: "", offset: 0 }) {
    this.#path = path;
    this.#position = position;
  }

  get position(): JournalPosition {
    return this.#position;
  }

  /** Tells the others that a repo has changed. */
  note(repo: string): Promise<void> {
    const line = `${JSON.stringify({ repo, by: this.#own })}\n`;
    this.#writing = this.#writing.catch(() => {}).then(() => this.#append(line));
    return this.#writing;
  }

  /**
   * The repos that other processes have changed since the last time.
   *
   * @returns `undefined` when that cannot be told: the journal is another one.
   */
  async news(): Promise<string[] | undefined> {
    await using file = await unlessMissing(open(this.#path, "r"));
    if (!file) return [];
    const { ino, size, birthtimeMs } = await file.stat();
    const id = `${ino}:${Math.floor(birthtimeMs)}`;
    const { file: known, offset } = this.#position;
    const missed = known !== id && known !== "";
    let position = known === id && offset <= size ? offset : 0;
    const repos: string[] = [];
    while (position < size) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(pieceBytes), 0, pieceBytes, position);
      const end = buffer.lastIndexOf("\n", bytesRead - 1) + 1;
      if (bytesRead === 0 || end === 0) break;
      repos.push(...this.#othersIn(buffer.toString("utf8", 0, end)));
      position += end;
    }
    this.#position = { file: id, offset: position };
    return missed ? undefined : repos;
  }

  /** Begins the journal anew when it is large. The others notice, and look at all repos. */
  async trim(): Promise<void> {
    const found = await unlessMissing(stat(this.#path));
    if (found && found.size > maxBytes) await atomicWrite(this.#path, "", 0o600);
  }

  /** Waits until every line is in the file. */
  async flush(): Promise<void> {
    await this.#writing.catch(() => {});
  }

  async #append(line: string): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    await appendFile(this.#path, line, { mode: 0o600 });
  }

  #othersIn(lines: string): string[] {
    return lines.split("\n").flatMap((line) => {
      const value = parseJson(line);
      const { repo, by } = isObject(value) ? value : {};
      return typeof repo === "string" && by !== this.#own ? [repo] : [];
    });
  }
}
