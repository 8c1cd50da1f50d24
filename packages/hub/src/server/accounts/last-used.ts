import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { atomicWrite } from "../storage/disk/files/atomic-write.ts";
import { FileLocks } from "../storage/disk/locks/file-locks.ts";
import { unlessMissing } from "../../shared/has-code.ts";
import { isObject } from "../../shared/is-object.ts";
import { parseJson } from "../../shared/parse-json.ts";

/** Longest wait for another process that notes the same. */
const lockTimeoutMs = 5_000;

/**
 * On which day each token was used last, in `accounts/last-used.json`. It is a file of its own: what a hub notes by
 * itself never rewrites what people decided. A note costs one write a day and token.
 */
export class LastUsed {
  readonly #folder: string;
  readonly #locks = new FileLocks(lockTimeoutMs);
  readonly #noted = new Map<string, string>();

  /** @param root - The folder of the hub. */
  constructor(root: string) {
    this.#folder = join(root, "accounts");
  }

  /** The days, such as `2026-11-21`, by the ids of the tokens. */
  async read(): Promise<Map<string, string>> {
    const value = parseJson((await unlessMissing(readFile(this.#path, "utf8"))) ?? "");
    // It is a note, not an account: a broken one is begun anew.
    const pairs = isObject(value) ? Object.entries(value) : [];
    return new Map(pairs.filter((pair): pair is [string, string] => typeof pair[1] === "string"));
  }

  /** Notes that a token is used now. */
  async note(id: string): Promise<void> {
    const day = new Date().toISOString().slice(0, 10);
    if (this.#noted.get(id) === day) return;
    this.#noted.set(id, day);
    try {
      await this.#write(id, day);
    } catch (error) {
      // The next use tries again.
      this.#noted.delete(id);
      throw error;
    }
  }

  async #write(id: string, day: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await using _lock = await this.#locks.take(join(this.#folder, "last-used.lock"));
    const days = await this.read();
    if (days.get(id) === day) return;
    days.set(id, day);
    await atomicWrite(this.#path, `${JSON.stringify(Object.fromEntries(days), undefined, 2)}\n`, 0o600);
  }

  get #path(): string {
    return join(this.#folder, "last-used.json");
  }
}
