import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { LruMap } from "../../../lru-map.ts";
import { fileStamp } from "../files/file-stamp.ts";
import { hasCode, unlessMissing } from "../../../../shared/has-code.ts";

/** How many refs and folders of all repos stay in memory. */
const maxKnown = 200_000;

/** What is in a folder of refs. */
interface Folder {
  stamp: string;
  /** By name. */
  refs: ReadonlyMap<string, string>;
  folders: readonly string[];
}

/**
 * Reads the refs of repositories that have a file of their own. What was read of a folder is kept until another file is
 * in it: a ref is changed by renaming a new file over it, by the hub as by git.
 */
export class LooseRefs {
  readonly #known = new LruMap<Folder>(maxKnown);

  /** The object that a ref names, such as `refs/heads/main`; `undefined` where there is no such file. */
  async read(gitdir: string, ref: string): Promise<string | undefined> {
    try {
      const text = await unlessMissing(readFile(join(gitdir, ref), "utf8"));
      return text === undefined ? undefined : /^[0-9a-f]{40}(?=\s*$)/.exec(text)?.[0];
    } catch (error) {
      if (hasCode(error, "EISDIR")) return undefined;
      throw error;
    }
  }

  /** All refs in and below a folder, such as `refs/tags`, by their full names. Those that are no object ids are not. */
  async list(gitdir: string, folder: string): Promise<Map<string, string>> {
    const all = new Map<string, string>();
    const { refs, folders } = await this.#folder(gitdir, folder);
    for (const [name, oid] of refs) all.set(`${folder}/${name}`, oid);
    for (const name of folders) {
      for (const [ref, oid] of await this.list(gitdir, `${folder}/${name}`)) all.set(ref, oid);
    }
    return all;
  }

  async #folder(gitdir: string, folder: string): Promise<Folder> {
    const path = join(gitdir, folder);
    const stamp = await fileStamp(path);
    const known = this.#known.get(path);
    if (stamp && known?.stamp === stamp.text) return known;
    const entries = (await unlessMissing(readdir(path, { withFileTypes: true }))) ?? [];
    const files = entries.filter((entry) => !entry.isDirectory() && !entry.name.endsWith(".lock"));
    const oids = await Promise.all(files.map(({ name }) => this.read(gitdir, `${folder}/${name}`)));
    const refs = new Map<string, string>();
    for (const [index, { name }] of files.entries()) {
      const oid = oids[index];
      if (oid !== undefined) refs.set(name, oid);
    }
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const read: Folder = { stamp: stamp?.text ?? "", refs, folders };
    if (stamp?.sure) this.#known.set(path, read, 1 + refs.size);
    return read;
  }
}
