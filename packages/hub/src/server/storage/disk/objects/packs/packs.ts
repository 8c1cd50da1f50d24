import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { errorMessage } from "@smoltools/core";
import { HubServerError } from "../../../../hub-server-error.ts";
import type { LruMap } from "../../../../lru-map.ts";
import { fileStamp } from "../../files/file-stamp.ts";
import { hasCode, unlessMissing } from "../../../../../shared/has-code.ts";
import type { GitObject } from "../loose-objects.ts";
import { PackIndex } from "./pack-index.ts";
import { readPackedObject } from "./read-packed-object.ts";

/** A pack, and where its objects are. */
interface Pack {
  path: string;
  index: PackIndex;
}

/** The objects of a bare repository that git has put into packs, `objects/pack/pack-….pack`. The hub makes none. */
export class Packs {
  readonly #folder: string;
  readonly #indexes: LruMap<PackIndex>;
  #packs: Promise<Pack[]> | undefined;

  /**
   * @param gitdir - The bare repository.
   * @param indexes - Indexes that were read, by path and state of the file.
   */
  constructor(gitdir: string, indexes: LruMap<PackIndex>) {
    this.#folder = join(gitdir, "objects", "pack");
    this.#indexes = indexes;
  }

  /**
   * @returns `undefined` for objects that are in no pack.
   * @throws HubServerError `HUB_STORAGE_BROKEN` for a pack that cannot be read.
   */
  async read(oid: string): Promise<GitObject | undefined> {
    const known = this.#packs && (await this.#find(await this.#packs, oid));
    // A git process may have put objects into other packs meanwhile.
    return known ?? this.#find(await this.#list(), oid);
  }

  /** The ids that start with some digits; of each pack no more than two. */
  async startingWith(digits: string): Promise<string[]> {
    return (await this.#list()).flatMap(({ index }) => index.startingWith(digits));
  }

  async #find(packs: readonly Pack[], oid: string): Promise<GitObject | undefined> {
    for (const { path, index } of packs) {
      try {
        const offset = index.offset(oid);
        if (offset === undefined) continue;
        const object = await readPackedObject(path, index, offset);
        // Checked for objects that name others: wrong ones could form an endless circle. Blobs name none, and may be large.
        if (object.type !== "blob" && idOf(object) !== oid) throw new Error(`it has another object as ${oid}`);
        return object;
      } catch (error) {
        if (!hasCode(error, "ENOENT")) throw broken(path, error);
      }
    }
    return undefined;
  }

  #list(): Promise<Pack[]> {
    this.#packs = this.#readIndexes();
    return this.#packs;
  }

  async #readIndexes(): Promise<Pack[]> {
    const names = (await unlessMissing(readdir(this.#folder))) ?? [];
    const packs: Pack[] = [];
    for (const name of names.filter((each) => each.endsWith(".idx"))) {
      const path = join(this.#folder, name);
      const index = await this.#readIndex(path);
      if (index) packs.push({ path: path.replace(/idx$/, "pack"), index });
    }
    return packs;
  }

  async #readIndex(path: string): Promise<PackIndex | undefined> {
    const stamp = await fileStamp(path);
    if (!stamp) return undefined;
    const key = `${path} ${stamp.text}`;
    const known = this.#indexes.get(key);
    if (known) return known;
    const bytes = await unlessMissing(readFile(path));
    if (!bytes) return undefined;
    try {
      const index = new PackIndex(bytes);
      this.#indexes.set(key, index, index.byteLength);
      return index;
    } catch (error) {
      throw broken(path, error);
    }
  }
}

function idOf({ type, content }: GitObject): string {
  return createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}

function broken(path: string, cause: unknown): HubServerError {
  return new HubServerError("HUB_STORAGE_BROKEN", `${path} cannot be read: ${errorMessage(cause)}.`, { cause });
}
