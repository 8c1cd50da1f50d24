import { mkdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { HubServerError } from "../hub-server-error.ts";
import { atomicWrite, flush } from "../storage/disk/files/atomic-write.ts";
import { FileLocks } from "../storage/disk/locks/file-locks.ts";
import { unlessMissing } from "../../shared/has-code.ts";
import { type AccountsData, noAccounts, parseAccounts } from "./accounts-data.ts";

/** Longest wait for another process that changes the accounts. */
const lockTimeoutMs = 15_000;

/**
 * The file of the accounts, `accounts/accounts.json`. It is replaced as a whole, so every reader sees users,
 * organizations and tokens that belong together; several processes may read and change it.
 */
export class AccountsFile {
  readonly #folder: string;
  readonly #locks = new FileLocks(lockTimeoutMs);
  #known: { data: AccountsData; version: string } = { data: noAccounts, version: "" };

  /** @param root - The folder of the hub. */
  constructor(root: string) {
    this.#folder = join(root, "accounts");
  }

  /**
   * The accounts as they are now. Costs one look at the file's metadata while nothing changes.
   *
   * @throws HubServerError `HUB_STORAGE_BROKEN` when the file is not what it has to be: nobody gets in then.
   */
  async read(): Promise<AccountsData> {
    const found = await unlessMissing(stat(this.#path, { bigint: true }));
    const version = found ? `${found.ino}:${found.mtimeNs}:${found.size}` : "";
    if (version === this.#known.version) return this.#known.data;
    const data = await this.#load();
    // A version that is read too early only means that the file is read once more.
    this.#known = { data, version };
    return data;
  }

  /** Changes the accounts; nobody else changes them meanwhile. An error of `change` leaves them as they are. */
  async change<Result>(change: (data: AccountsData) => Result): Promise<Result> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await using _lock = await this.#locks.take(join(this.#folder, "accounts.lock"));
    const data = structuredClone(await this.#load());
    const result = change(data);
    await atomicWrite(this.#path, `${JSON.stringify(data, undefined, 2)}\n`, 0o600);
    await flush(this.#folder);
    return result;
  }

  get #path(): string {
    return join(this.#folder, "accounts.json");
  }

  async #load(): Promise<AccountsData> {
    const text = await unlessMissing(readFile(this.#path, "utf8"));
    if (text === undefined) return noAccounts;
    const data = parseAccounts(text);
    if (data) return data;
    throw new HubServerError(
      "HUB_STORAGE_BROKEN",
      `${this.#path} is not a file of accounts: mend it, or restore it from a backup.`,
    );
  }
}
