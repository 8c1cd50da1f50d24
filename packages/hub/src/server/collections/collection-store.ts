import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { HubServerError } from "../hub-server-error.ts";
import { namespaceProblem } from "../repo/repo-key.ts";
import { atomicWrite, flush } from "../storage/disk/files/atomic-write.ts";
import { FileLocks } from "../storage/disk/locks/file-locks.ts";
import { unlessMissing } from "../../shared/has-code.ts";
import { type Collection, isCollection, isCollectionName, slugOf } from "./collection.ts";
import { parseJson } from "../../shared/parse-json.ts";

/** Most collections of one owner. */
const maxPerNamespace = 1_000;

/**
 * The collections of a hub: one JSON file each, `collections/NAMESPACE/NAME.json`. Several processes may work on one
 * folder.
 */
export class CollectionStore {
  readonly #folder: string;
  readonly #locks: FileLocks;

  /**
   * @param root - The folder of the hub.
   * @param lockTimeoutMs - Longest wait for another process that changes the same collection.
   */
  constructor(root: string, lockTimeoutMs: number) {
    this.#folder = join(root, "collections");
    this.#locks = new FileLocks(lockTimeoutMs);
  }

  /** @throws HubServerError `HUB_STORAGE_BROKEN` when the file is no collection. */
  async read(namespace: string, name: string): Promise<Collection | undefined> {
    if (namespaceProblem(namespace) || !isCollectionName(name)) return undefined;
    const text = await unlessMissing(readFile(this.#path(namespace, name), "utf8"));
    if (text === undefined) return undefined;
    const collection = parseJson(text);
    if (isCollection(collection)) return collection;
    throw new HubServerError("HUB_STORAGE_BROKEN", `The collection ${namespace}/${name} cannot be read.`);
  }

  /** All collections, or those of one namespace; by slug. */
  async list(namespace?: string): Promise<Collection[]> {
    const namespaces = namespace === undefined ? ((await unlessMissing(readdir(this.#folder))) ?? []) : [namespace];
    const found: Collection[] = [];
    for (const owner of namespaces.sort()) {
      if (namespaceProblem(owner)) continue;
      for (const file of ((await unlessMissing(readdir(join(this.#folder, owner)))) ?? []).sort()) {
        const collection = file.endsWith(".json") ? await this.read(owner, file.slice(0, -".json".length)) : undefined;
        if (collection) found.push(collection);
      }
    }
    return found;
  }

  /**
   * Adds a collection, as the last one of its owner.
   *
   * @returns The one that has the same owner and title, if there is one: then nothing is added.
   * @throws HubServerError `HUB_BAD_REQUEST` when the owner has too many, or `HUB_BUSY`.
   */
  async add(collection: Collection, signal?: AbortSignal): Promise<Collection | undefined> {
    // No collection has this name: theirs end with an id.
    await using _lock = await this.#lock(collection.namespace, "namespace", signal);
    const others = await this.list(collection.namespace);
    const same = others.find(({ title }) => title === collection.title);
    if (same) return same;
    if (others.length >= maxPerNamespace) {
      throw new HubServerError("HUB_BAD_REQUEST", `A namespace has at most ${maxPerNamespace} collections.`);
    }
    await this.#write({ ...collection, position: others.length });
    return undefined;
  }

  /**
   * Changes a collection; nobody else changes it meanwhile.
   *
   * @param change - Changes it in place. Its error leaves the collection as it is.
   * @returns The changed collection.
   * @throws HubServerError `HUB_COLLECTION_NOT_FOUND` when there is none any more, or `HUB_BUSY`.
   */
  async change(
    namespace: string,
    name: string,
    change: (collection: Collection) => void,
    signal?: AbortSignal,
  ): Promise<Collection> {
    // Looked for before it is locked: a name that is none must not become a path.
    const known = await this.read(namespace, name);
    if (!known) throw collectionNotFound(slugOf({ namespace, name }));
    await using _lock = await this.#lock(namespace, name, signal);
    const collection = await this.read(namespace, name);
    if (!collection) throw collectionNotFound(slugOf({ namespace, name }));
    change(collection);
    collection.updatedAt = new Date().toISOString();
    await this.#write(collection);
    return collection;
  }

  /** @returns False when there is none. */
  async remove(namespace: string, name: string, signal?: AbortSignal): Promise<boolean> {
    if (!(await this.read(namespace, name))) return false;
    await using _lock = await this.#lock(namespace, name, signal);
    if (!(await this.read(namespace, name))) return false;
    await rm(this.#path(namespace, name), { force: true });
    await flush(join(this.#folder, namespace));
    return true;
  }

  #lock(namespace: string, name: string, signal: AbortSignal | undefined): Promise<AsyncDisposable> {
    return this.#locks.take(join(this.#folder, namespace, `${name}.lock`), { signal });
  }

  async #write(collection: Collection): Promise<void> {
    const path = this.#path(collection.namespace, collection.name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await atomicWrite(path, `${JSON.stringify(collection, undefined, 2)}\n`, 0o600);
    await flush(dirname(path));
  }

  #path(namespace: string, name: string): string {
    return join(this.#folder, namespace, `${name}.json`);
  }
}

/** The error for a collection that is missing, or that the viewer may not see. */
export function collectionNotFound(slug: string): HubServerError {
  return new HubServerError("HUB_COLLECTION_NOT_FOUND", `There is no collection ${slug}, or you may not see it.`);
}
