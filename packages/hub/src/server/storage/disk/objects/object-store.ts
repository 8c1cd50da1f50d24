import { Readable } from "node:stream";
import { HubServerError } from "../../../hub-server-error.ts";
import type { Author, ByteRange, Commit, LfsObject } from "../../hub-storage.ts";
import { encodeTree } from "./encode-tree.ts";
import { parseLfsPointer, pointerSizes } from "../lfs/lfs-pointer.ts";
import { type GitObject, LooseObjects, type ObjectType } from "./loose-objects.ts";
import type { ObjectCache } from "./object-cache.ts";
import { Packs } from "./packs/packs.ts";
import { parseCommit, parseTag, parseTree, type TreeEntry } from "./parse-object.ts";

/** A commit to store. */
export interface CommitFields {
  tree: string;
  parents: string[];
  author: Author;
  /** Seconds since 1970. */
  timestamp: number;
  message: string;
}

/** The objects of one bare repository: those with a file of their own, and those that git has put into packs. */
export class ObjectStore {
  readonly cache: ObjectCache;
  readonly #cacheKey: string;
  readonly #loose: LooseObjects;
  readonly #packs: Packs;

  /**
   * @param gitdir - The bare repository.
   * @param cacheKey - What no other repository that uses the same cache has.
   */
  constructor(gitdir: string, cache: ObjectCache, cacheKey: string) {
    this.cache = cache;
    this.#cacheKey = cacheKey;
    this.#loose = new LooseObjects(gitdir);
    this.#packs = new Packs(gitdir, cache.packIndexes);
  }

  /** An object as it is stored; `undefined` when there is none of this id. */
  async read(oid: string): Promise<GitObject | undefined> {
    return (await this.#loose.read(oid)) ?? this.#packs.read(oid);
  }

  /** Reads a commit, or the one that an annotated tag points at. */
  async commit(oid: string): Promise<Commit> {
    const commit = await this.findCommit(oid);
    if (commit) return commit;
    throw new HubServerError("HUB_STORAGE_BROKEN", `The object ${oid} is missing, or is no commit.`);
  }

  /** Like {@link commit}; `undefined` for ids of other objects, and of none. */
  async findCommit(oid: string): Promise<Commit | undefined> {
    const known = this.cache.commits.get(this.key(oid));
    if (known) return known;
    let commitId = oid;
    let object = await this.read(oid);
    while (object?.type === "tag") {
      commitId = parseTag(object.content).object;
      object = await this.read(commitId);
    }
    if (object?.type !== "commit") return undefined;
    const commit = parseCommit(commitId, object.content);
    this.cache.commits.set(this.key(oid), commit);
    return commit;
  }

  /** The one object whose id starts with these digits. */
  async expand(prefix: string): Promise<string | undefined> {
    const found = new Set([...(await this.#loose.startingWith(prefix)), ...(await this.#packs.startingWith(prefix))]);
    const [only] = found;
    return found.size === 1 ? only : undefined;
  }

  /** The entries of a folder, in git's order. */
  async tree(oid: string): Promise<readonly TreeEntry[]> {
    const known = this.cache.trees.get(this.key(oid));
    if (known) return known;
    const tree = parseTree(await this.#content(oid, "tree"));
    this.cache.trees.set(this.key(oid), tree, 1 + tree.length);
    return tree;
  }

  async blob(oid: string): Promise<Buffer> {
    return this.#content(oid, "blob");
  }

  async blobSize(oid: string): Promise<number> {
    const known = this.cache.blobSizes.get(this.key(oid));
    if (known !== undefined) return known;
    const size = (await this.#loose.size(oid)) ?? (await this.blob(oid)).length;
    this.cache.blobSizes.set(this.key(oid), size);
    return size;
  }

  /** The bytes of a file, or a part of them, as they are read. */
  async blobStream(oid: string, range?: ByteRange): Promise<Readable> {
    const loose = await this.#loose.stream(oid, range);
    if (loose) return loose;
    const bytes = await this.blob(oid);
    return Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes], { objectMode: false });
  }

  /** What a file says that is a Git LFS pointer; `undefined` for all others. */
  async lfsPointer(blob: string): Promise<LfsObject | undefined> {
    const size = await this.blobSize(blob);
    if (size < pointerSizes.min || size > pointerSizes.max) return undefined;
    const known = this.cache.pointers.get(this.key(blob));
    if (known) return known.object;
    const object = parseLfsPointer((await this.blob(blob)).toString("utf8"));
    this.cache.pointers.set(this.key(blob), { object });
    return object;
  }

  async writeBlob(blob: Uint8Array): Promise<string> {
    const oid = await this.#loose.write("blob", blob);
    this.cache.blobSizes.set(this.key(oid), blob.length);
    return oid;
  }

  /** @param entries - In any order. */
  async writeTree(entries: readonly TreeEntry[]): Promise<string> {
    return this.#loose.write("tree", encodeTree(entries));
  }

  async writeCommit({ tree, parents, author, timestamp, message }: CommitFields): Promise<string> {
    const by = `${author.name} <${author.email}> ${timestamp} +0000`;
    const lines = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`), `author ${by}`, `committer ${by}`];
    return this.#loose.write("commit", Buffer.from(`${lines.join("\n")}\n\n${message.trimEnd()}\n`));
  }

  /** Stores an annotated tag of a commit. */
  async writeTag(tag: {
    name: string;
    commit: string;
    message: string;
    author: Author;
    timestamp: number;
  }): Promise<string> {
    const { name, commit, message, author, timestamp } = tag;
    const tagger = `${author.name} <${author.email}> ${timestamp} +0000`;
    const lines = [`object ${commit}`, "type commit", `tag ${name}`, `tagger ${tagger}`];
    return this.#loose.write("tag", Buffer.from(`${lines.join("\n")}\n\n${message.trimEnd()}\n`));
  }

  /** Stores an object of any type. */
  async write({ type, content }: GitObject): Promise<string> {
    return this.#loose.write(type, content);
  }

  /** Flushes what was written to the disk. It has to be done before a ref moves to it. */
  async flush(): Promise<void> {
    await this.#loose.flush();
  }

  /** What stands for an object of this repo in the cache. */
  key(oid: string): string {
    return `${this.#cacheKey}:${oid}`;
  }

  async #content(oid: string, type: ObjectType): Promise<Buffer> {
    const object = await this.read(oid);
    if (object?.type === type) return object.content;
    throw new HubServerError("HUB_STORAGE_BROKEN", `The ${type} ${oid} is missing.`);
  }
}
