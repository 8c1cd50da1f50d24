import type { Change, RepoStore } from "../../storage/hub-storage.ts";

/** How many files are stored at the same time: most of the time goes to waiting for the disk. */
const maxFiles = 16;
/** How many bytes wait to be stored before no more are taken. */
const maxBytes = 4 * 1024 * 1024;

/** Takes the changes of a commit in their order, and stores the files in them, several at a time. */
export class ChangeCollector {
  readonly #repo: RepoStore;
  readonly #changes: Change[] = [];
  #waiting: { path: string; bytes: Uint8Array }[] = [];
  #waitingBytes = 0;
  #count = 0;

  constructor(repo: RepoStore) {
    this.#repo = repo;
  }

  /** How many changes were taken. */
  get count(): number {
    return this.#count;
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    this.#waiting.push({ path, bytes });
    this.#waitingBytes += bytes.length;
    this.#count += 1;
    if (this.#waiting.length >= maxFiles || this.#waitingBytes >= maxBytes) await this.#store();
  }

  /** A change without bytes. */
  async add(change: Exclude<Change, { kind: "write" }>): Promise<void> {
    await this.#store();
    this.#changes.push(change);
    this.#count += 1;
  }

  /** All changes, when every file in them is stored. */
  async finish(): Promise<Change[]> {
    await this.#store();
    return this.#changes;
  }

  async #store(): Promise<void> {
    const files = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    const writes = files.map(async ({ path, bytes }): Promise<Change> => {
      return { kind: "write", path, blob: await this.#repo.writeBlob(bytes) };
    });
    this.#changes.push(...(await Promise.all(writes)));
  }
}
