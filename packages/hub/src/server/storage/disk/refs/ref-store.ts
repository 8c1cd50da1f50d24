import { type FileHandle, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { HubServerError } from "../../../hub-server-error.ts";
import { refNameProblem } from "../../../repo/ref-name.ts";
import { makeFolder, flush } from "../files/atomic-write.ts";
import { hasCode, unlessMissing } from "../../../../shared/has-code.ts";
import { LooseRefs } from "./loose-refs.ts";
import { type PackedRef, PackedRefs } from "./packed-refs.ts";

/** The two kinds of refs, as git names their folders. */
export type RefKind = "heads" | "tags";

/** What remembers the refs that were read. */
export interface RefCaches {
  loose: LooseRefs;
  packed: PackedRefs;
}

/** How many tags have a file of their own before they are packed into one. */
const maxLooseTags = 100;

/**
 * The branches and tags of one bare repository.
 *
 * Changing a ref follows git's own protocol, so that it is safe against git processes on the same repository too:
 * make `REF.lock`, which only one process can; compare the present value; rename over the ref.
 */
export class RefStore {
  readonly #gitdir: string;
  readonly #loose: LooseRefs;
  readonly #packed: PackedRefs;

  /** @param caches - Remember what was read; shared by all repos. */
  constructor(gitdir: string, caches: RefCaches = { loose: new LooseRefs(), packed: new PackedRefs() }) {
    this.#gitdir = gitdir;
    this.#loose = caches.loose;
    this.#packed = caches.packed;
  }

  /** The object that a ref names: a commit, or the tag object of an annotated tag. */
  async read(kind: RefKind, name: string): Promise<string | undefined> {
    if (refNameProblem(name)) return undefined;
    const ref = `refs/${kind}/${name}`;
    return (await this.#loose.read(this.#gitdir, ref)) ?? (await this.#packed.read(this.#gitdir)).get(ref)?.oid;
  }

  /** All refs of a kind, by name. */
  async list(kind: RefKind): Promise<Map<string, string>> {
    return new Map([...(await this.targets(kind))].map(([name, { oid }]) => [name, oid]));
  }

  /** All refs of a kind, by name, with the commits that they point at where that is known without reading objects. */
  async targets(kind: RefKind): Promise<Map<string, PackedRef>> {
    const prefix = `refs/${kind}/`;
    const loose = await this.#looseRefs(kind);
    // Read after the loose ones: whoever packs a ref packs it first and removes its file then.
    const all = new Map<string, PackedRef>();
    for (const [ref, packed] of await this.#packed.read(this.#gitdir)) {
      if (ref.startsWith(prefix)) all.set(ref.slice(prefix.length), packed);
    }
    for (const [name, oid] of loose) all.set(name, { oid });
    return new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The names of all refs of a kind, in no order. */
  async names(kind: RefKind): Promise<Set<string>> {
    const prefix = `refs/${kind}/`;
    const names = new Set((await this.#looseRefs(kind)).keys());
    for (const ref of (await this.#packed.read(this.#gitdir)).keys()) {
      if (ref.startsWith(prefix)) names.add(ref.slice(prefix.length));
    }
    return names;
  }

  /**
   * Makes or moves a ref, if it is still where it is thought to be. What it is to name must be on the disk.
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
    await flush(dirname(path));
    return true;
  }

  /** Removes a ref. The caller holds the lock of the repo. */
  async remove(kind: RefKind, name: string): Promise<void> {
    const ref = `refs/${kind}/${name}`;
    // From the pack first: its value would count again as soon as the file is gone.
    if ((await this.#packed.read(this.#gitdir)).has(ref)) {
      const without = async (table: ReadonlyMap<string, PackedRef>) =>
        new Map([...table].filter(([key]) => key !== ref));
      if (!(await this.#packed.change(this.#gitdir, without))) throw busy();
    }
    const path = join(this.#gitdir, ref);
    await rm(path, { force: true });
    await unlessMissing(flush(dirname(path)));
    await this.#removeEmptyFolders(dirname(path), join(this.#gitdir, "refs", kind));
  }

  /**
   * Packs the tags into one file when there are many with a file of their own. The caller holds the lock of the repo.
   *
   * @param commitOf - Says which commit a tag points at; a tag of anything else stays as it is.
   */
  async packTags(commitOf: (oid: string) => Promise<string | undefined>): Promise<void> {
    const loose = await this.#looseRefs("tags");
    if (loose.size <= maxLooseTags) return;
    const packed = new Map<string, string>();
    const done = await this.#packed.change(this.#gitdir, async (present) => {
      const table = new Map(present);
      for (const [name, oid] of loose) {
        const ref = `refs/tags/${name}`;
        const commit = await commitOf(oid);
        if (commit === undefined) continue;
        table.set(ref, { oid, commit });
        packed.set(ref, oid);
      }
      return table;
    });
    if (done) for (const [ref, oid] of packed) await this.#removePackedLoose(ref, oid);
  }

  /** Removes the locks that a process left which died while it changed refs. Nobody may be changing one meanwhile. */
  async removeLeftLocks(): Promise<void> {
    await rm(join(this.#gitdir, "packed-refs.lock"), { force: true });
    for await (const file of this.#looseFiles("refs")) {
      if (file.endsWith(".lock")) await rm(join(this.#gitdir, file), { force: true });
    }
  }

  /** The refs of a kind that have a file of their own, by name. */
  async #looseRefs(kind: RefKind): Promise<Map<string, string>> {
    const folder = `refs/${kind}`;
    const refs = await this.#loose.list(this.#gitdir, folder);
    const named = [...refs].map(([ref, oid]) => [ref.slice(folder.length + 1), oid] as const);
    return new Map(named.filter(([name]) => refNameProblem(name) === undefined));
  }

  /** The files in and below a folder of refs, such as `refs/heads/main`. */
  async *#looseFiles(folder: string): AsyncGenerator<string> {
    const entries = (await unlessMissing(readdir(join(this.#gitdir, folder), { withFileTypes: true }))) ?? [];
    for (const entry of entries) {
      if (entry.isDirectory()) yield* this.#looseFiles(`${folder}/${entry.name}`);
      else yield `${folder}/${entry.name}`;
    }
  }

  /** Removes the file of a ref that is packed now, unless a git process changes it. */
  async #removePackedLoose(ref: string, oid: string): Promise<void> {
    const path = join(this.#gitdir, ref);
    let lock: string;
    try {
      lock = await this.#lock(path, oid);
    } catch (error) {
      if (error instanceof HubServerError) return;
      throw error;
    }
    try {
      if ((await this.#loose.read(this.#gitdir, ref)) === oid) await rm(path, { force: true });
    } finally {
      await rm(lock, { force: true });
    }
  }

  /** Makes `REF.lock` with the new value in it. */
  async #lock(path: string, oid: string): Promise<string> {
    const lock = `${path}.lock`;
    try {
      await using file = await openInNewFolder(lock);
      await file.writeFile(`${oid}\n`);
      await file.sync();
      return lock;
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
      throw busy(error);
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

/** Makes a file, and its folder if that is missing. */
async function openInNewFolder(path: string): Promise<FileHandle> {
  try {
    return await open(path, "wx");
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
    await makeFolder(dirname(path));
    return open(path, "wx");
  }
}

function busy(cause?: unknown): HubServerError {
  return new HubServerError("HUB_BUSY", "A git process works on this ref: try again in a moment.", { cause });
}
