import { createHmac, randomBytes } from "node:crypto";
import { link, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { HubServerError } from "../../hub-server-error.ts";
import { atomicWrite, flush, temporaryName } from "./files/atomic-write.ts";
import { hasCode, unlessMissing } from "../../../shared/has-code.ts";

const keyBytes = 32;

/** A secret in a file that only this user of the system can read. Made when it is first needed. */
export class SigningKey {
  readonly #path: string;
  #key: Promise<Buffer> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** HMAC-SHA-256 of a text, 64 hexadecimal digits. */
  async sign(text: string): Promise<string> {
    this.#key ??= this.#readOrMake();
    return createHmac("sha256", await this.#key)
      .update(text)
      .digest("hex");
  }

  async #readOrMake(): Promise<Buffer> {
    const present = await this.#read();
    if (present) return present;
    const temporary = join(dirname(this.#path), temporaryName());
    await atomicWrite(temporary, randomBytes(keyBytes).toString("hex"), 0o600);
    try {
      // Of several processes that start together one succeeds, the others take its key.
      await link(temporary, this.#path);
      await flush(dirname(this.#path));
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
    } finally {
      await rm(temporary, { force: true });
    }
    const made = await this.#read();
    if (made) return made;
    throw new HubServerError("HUB_STORAGE_BROKEN", "The hub's signing key was removed while it was made.");
  }

  async #read(): Promise<Buffer | undefined> {
    const text = await unlessMissing(readFile(this.#path, "utf8"));
    if (text === undefined) return undefined;
    if (new RegExp(`^[0-9a-f]{${2 * keyBytes}}$`).test(text)) return Buffer.from(text, "hex");
    throw new HubServerError("HUB_STORAGE_BROKEN", "The hub's signing key is damaged: remove signing.key.");
  }
}
