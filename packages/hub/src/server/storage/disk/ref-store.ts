import { mkdir, open, readdir, readFile, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { HubServerError } from "../../hub-server-error.ts";
import { refNameProblem } from "../../repo/ref-name.ts";
import { atomicWrite, syncFolder } from "./atomic-write.ts";
import { hasCode, unlessMissing } from "./has-code.ts";

/** The two kinds of refs, as git names their folders. */
export type RefKind = "heads" | "tags";

/**
 * The branches and tags of one bare repository.
 *
 * Changing a ref follows git's own protocol, so that it is safe against git processes on the same repository too:
 * make `REF.lock`, which only one process can; compare the present value; rename over the ref.
 */
export class RefStore {
  readonly #gitdir: string;

  constructor(gitdir: string) {
    this.#gitdir = gitdir;
  }

  /** The object that a ref names: a commit, or the tag object of an annotated tag. */
  async read(kind: RefKind, name: string): Promise<string | undefined> {
    if (refNameProblem(name)) return undefined;
    return (await this.#readLoose(`refs/${kind}/${name}`)) ?? (await this.#readPacked()).get(`refs/${kind}/${name}`);
  }

  /** All refs of a kind, by name. */
  async list(kind: RefKind): Promise<Map<string, string>> {
    const prefix = `refs/${kind}/`;
    const loose = new Map<string, string>();
    for await (const file of this.#looseFiles(`refs/${kind}`)) {
      const name = file.slice(prefix.length);
      const oid = refNameProblem(name) ? undefined : await this.#readLoose(file);
      if (oid) loose.set(name, oid);
    }
    // Read after the loose ones: git packs a ref first and removes its file then.
    const packed = [...(await this.#readPacked())].filter(([ref]) => ref.startsWith(prefix));
    const all = new Map([...packed.map(([ref, oid]) => [ref.slice(prefix.length), oid] as const), ...loose]);
    return new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /**
   * Makes or moves a ref, if it is still where it is thought to be.
   *
   * @param expected - The object that it names now; `undefined`: it must not exist.
   * @returns False when it names another one.
   * @throws HubServerError `HUB_BUSY` while another process changes it.
   */
  async compareAndSet(kind: RefKind, name: string, expected: string | undefined, next: string): Promise<boolean> {
    const path = join(this.#gitdir, "refs", kind, name);
    const lock = await this.#lock(path, next);
    let moved = false;
    try {
      if ((await this.read(kind, name)) !== expected) return false;
      await rename(lock, path);
      moved = true;
    } finally {
      if (!moved) await rm(lock, { force: true });
    }
    await syncFolder(dirname(path));
    return true;
  }

  /** Removes a ref. The caller holds the lock of the repo. */
  async remove(kind: RefKind, name: string): Promise<void> {
    const ref = `refs/${kind}/${name}`;
    if ((await this.#readPacked()).has(ref)) await this.#removePacked(ref);
    const path = join(this.#gitdir, ref);
    await rm(path, { force: true });
    await this.#removeEmptyFolders(dirname(path), join(this.#gitdir, "refs", kind));
  }

  /** Removes the locks that a process left which died while it changed refs. Nobody may be changing one meanwhile. */
  async removeLeftLocks(): Promise<void> {
    for await (const file of this.#looseFiles("refs")) {
      if (file.endsWith(".lock")) await rm(join(this.#gitdir, file), { force: true });
    }
  }

  async #readLoose(ref: string): Promise<string | undefined> {
    try {
      const text = await unlessMissing(readFile(join(this.#gitdir, ref), "utf8"));
      return text === undefined ? undefined : /^[0-9a-f]{40}(?=\s*$)/.exec(text)?.[0];
    } catch (error) {
      if (hasCode(error, "EISDIR")) return undefined;
      throw error;
    }
  }

  async #readPacked(): Promise<Map<string, string>> {
    const text = (await unlessMissing(readFile(join(this.#gitdir, "packed-refs"), "utf8"))) ?? "";
    return new Map([...text.matchAll(/^([0-9a-f]{40}) (\S+)$/gm)].map(([, oid = "", ref = ""]) => [ref, oid]));
  }

  async #removePacked(ref: string): Promise<void> {
    const path = join(this.#gitdir, "packed-refs");
    const lines = (await readFile(path, "utf8")).split("\n");
    const at = lines.findIndex((line) => line.endsWith(` ${ref}`));
    // A line that starts with ^ belongs to the one before: the commit of an annotated tag.
    lines.splice(at, lines[at + 1]?.startsWith("^") ? 2 : 1);
    await atomicWrite(path, lines.join("\n"));
  }

  /** The files in and below a folder of refs, such as `refs/heads/main`. */
  async *#looseFiles(folder: string): AsyncGenerator<string> {
    const entries = (await unlessMissing(readdir(join(this.#gitdir, folder), { withFileTypes: true }))) ?? [];
    for (const entry of entries) {
      if (entry.isDirectory()) yield* this.#looseFiles(`${folder}/${entry.name}`);
      else yield `${folder}/${entry.name}`;
    }
  }

  /** Makes `REF.lock` with the new value in it. */
  async #lock(path: string, oid: string): Promise<string> {
    const lock = `${path}.lock`;
    await mkdir(dirname(path), { recursive: true });
    try {
      await using file = await open(lock, "wx");
      await file.writeFile(`${oid}\n`);
      await file.sync();
      return lock;
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
      throw new HubServerError("HUB_BUSY", "A git process works on this ref: try again in a moment.", { cause: error });
    }
  }

  /** A folder that is left empty would be in the way of a ref of its name. */
  async #removeEmptyFolders(folder: string, top: string): Promise<void> {
    try {
      for (let empty = folder; empty !== top; empty = dirname(empty)) await rmdir(empty);
    } catch (error) {
      if (!hasCode(error, "ENOTEMPTY", "EEXIST", "ENOENT")) throw error;
    }
  }
}
