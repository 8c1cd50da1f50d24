import git, { type TreeEntry } from "isomorphic-git";
import type { Author, Commit } from "../hub-storage.ts";
import { encodeTree, sortTree } from "./encode-tree.ts";
import { gitFs as fs } from "./git-fs.ts";
import { hasCode } from "./has-code.ts";
import { looseObjectSize } from "./loose-object-size.ts";
import type { ObjectCache } from "./object-cache.ts";

/** A commit to store. */
export interface CommitFields {
  tree: string;
  parents: string[];
  author: Author;
  /** Seconds since 1970. */
  timestamp: number;
  message: string;
}

/** The objects of one bare repository. */
export class ObjectStore {
  readonly #gitdir: string;
  readonly #cache: ObjectCache;
  readonly #cacheKey: string;
  /** What isomorphic-git remembers of pack files; as short-lived as this object. */
  readonly #packs = {};

  /**
   * @param gitdir - The bare repository.
   * @param cacheKey - What no other repository that uses the same cache has.
   */
  constructor(gitdir: string, cache: ObjectCache, cacheKey: string) {
    this.#gitdir = gitdir;
    this.#cache = cache;
    this.#cacheKey = cacheKey;
  }

  /** Reads a commit, or the one that an annotated tag points at. */
  async commit(oid: string): Promise<Commit> {
    const known = this.#cache.commits.get(this.#key(oid));
    if (known) return known;
    const read = await git.readCommit({ ...this.#place(), oid });
    const { message, tree, parent, author, committer } = read.commit;
    const end = message.indexOf("\n");
    const commit: Commit = {
      oid: read.oid,
      tree,
      parents: parent,
      author: { name: author.name, email: author.email },
      committedAt: committer.timestamp * 1000,
      title: end < 0 ? message : message.slice(0, end),
      body: end < 0 ? "" : message.slice(end).trim(),
    };
    this.#cache.commits.set(this.#key(oid), commit);
    return commit;
  }

  /** Like {@link commit}; `undefined` for ids of other objects, and of none. */
  async findCommit(oid: string): Promise<Commit | undefined> {
    try {
      return await this.commit(oid);
    } catch (error) {
      if (hasCode(error, "NotFoundError", "ObjectTypeError")) return undefined;
      throw error;
    }
  }

  /** The one object whose id starts with these digits. */
  async expand(prefix: string): Promise<string | undefined> {
    try {
      return await git.expandOid({ ...this.#place(), oid: prefix });
    } catch (error) {
      if (hasCode(error, "NotFoundError", "AmbiguousError")) return undefined;
      throw error;
    }
  }

  /** The entries of a folder, in git's order. */
  async tree(oid: string): Promise<readonly TreeEntry[]> {
    const known = this.#cache.trees.get(this.#key(oid));
    if (known) return known;
    const tree = sortTree((await git.readTree({ ...this.#place(), oid })).tree);
    this.#cache.trees.set(this.#key(oid), tree, 1 + tree.length);
    return tree;
  }

  async blob(oid: string): Promise<Uint8Array> {
    return (await git.readBlob({ ...this.#place(), oid })).blob;
  }

  async blobSize(oid: string): Promise<number> {
    const known = this.#cache.blobSizes.get(this.#key(oid));
    if (known !== undefined) return known;
    const size = (await looseObjectSize(this.#gitdir, oid)) ?? (await this.blob(oid)).length;
    this.#cache.blobSizes.set(this.#key(oid), size);
    return size;
  }

  async writeBlob(blob: Uint8Array): Promise<string> {
    const oid = await git.writeBlob({ ...this.#place(), blob });
    this.#cache.blobSizes.set(this.#key(oid), blob.length);
    return oid;
  }

  async writeTree(entries: readonly TreeEntry[]): Promise<string> {
    return git.writeObject({ ...this.#place(), type: "tree", format: "content", object: encodeTree(entries) });
  }

  async writeCommit(fields: CommitFields): Promise<string> {
    const by = { ...fields.author, timestamp: fields.timestamp, timezoneOffset: 0 };
    const { message, tree, parents: parent } = fields;
    return git.writeCommit({ ...this.#place(), commit: { message, tree, parent, author: by, committer: by } });
  }

  /** Stores an annotated tag of a commit. */
  async writeTag(tag: {
    name: string;
    commit: string;
    message: string;
    author: Author;
    timestamp: number;
  }): Promise<string> {
    const tagger = { ...tag.author, timestamp: tag.timestamp, timezoneOffset: 0 };
    const { name, commit: object, message } = tag;
    return git.writeTag({ ...this.#place(), tag: { object, type: "commit", tag: name, tagger, message } });
  }

  #place(): { fs: typeof fs; gitdir: string; cache: object } {
    return { fs, gitdir: this.#gitdir, cache: this.#packs };
  }

  #key(oid: string): string {
    return `${this.#cacheKey}:${oid}`;
  }
}
