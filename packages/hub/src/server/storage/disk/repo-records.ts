import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { HubServerError } from "../../hub-server-error.ts";
import { namespaceProblem, type RepoKey, repoId, repoNameProblem, type RepoType } from "../../repo/repo-key.ts";
import { LruMap } from "../../lru-map.ts";
import type { RepoRecord } from "../hub-storage.ts";
import { atomicWrite, flush } from "./files/atomic-write.ts";
import { fileStamp } from "./files/file-stamp.ts";
import { unlessMissing } from "../../../shared/has-code.ts";
import type { Layout } from "./layout.ts";
import { parseJson } from "../../../shared/parse-json.ts";

/** The name of a record in the folder of its repository. */
const fileName = "hub.json";
/** How many records stay in memory. */
const maxKnown = 20_000;
/** Stands for a file that is no record. */
const broken = "broken";
/** How many records are read at the same time. */
const maxReads = 32;

/** The records of all repos: one small JSON file each, in the folder of the repository. */
export class RepoRecords {
  readonly #layout: Layout;
  readonly #known = new LruMap<{ stamp: string; record: RepoRecord | typeof broken }>(maxKnown);

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** @throws HubServerError `HUB_STORAGE_BROKEN` when the file is not a record. */
  async read(key: RepoKey): Promise<RepoRecord | undefined> {
    if (namespaceProblem(key.namespace) || repoNameProblem(key.name)) return undefined;
    const record = await this.#readFile(join(this.#layout.gitdir(key), fileName));
    if (record === undefined) return undefined;
    if (record === broken) {
      throw new HubServerError("HUB_STORAGE_BROKEN", `The record of ${repoId(key)} cannot be read.`);
    }
    // A file system that does not tell upper from lower case finds a record under names that are not its own.
    const twin = repoId(record) !== repoId(key) && repoId(record).toLowerCase() === repoId(key).toLowerCase();
    const { type, namespace, name } = key;
    // The folder decides: a process that moved the repo may have died before it wrote the new name into the record.
    return twin ? undefined : { ...record, type, namespace, name };
  }

  /** @param gitdir - The folder of the repository, wherever it is. */
  async write(gitdir: string, record: RepoRecord): Promise<void> {
    await atomicWrite(join(gitdir, fileName), `${JSON.stringify(record, undefined, 2)}\n`);
    await flush(gitdir);
  }

  /** What may be repos of a type, by id: all that have a folder. */
  async keys(type: RepoType): Promise<RepoKey[]> {
    const keys: RepoKey[] = [];
    const namespaces = (await unlessMissing(readdir(this.#layout.repos(type)))) ?? [];
    for (const namespace of namespaces.sort()) {
      for (const name of await this.#names(type, namespace)) keys.push({ type, namespace, name });
    }
    return keys;
  }

  /** The records of a type, by id. */
  async list(type: RepoType): Promise<RepoRecord[]> {
    const keys = await this.keys(type);
    const found: RepoRecord[] = [];
    for (let start = 0; start < keys.length; start += maxReads) {
      const records = await Promise.all(keys.slice(start, start + maxReads).map((key) => this.read(key)));
      found.push(...records.filter((record) => record !== undefined));
    }
    return found;
  }

  /** The name of a repo whose id differs from this one in upper and lower case only. */
  async twin(key: RepoKey): Promise<string | undefined> {
    const lower = repoId(key).toLowerCase();
    const namespaces = (await unlessMissing(readdir(this.#layout.repos(key.type)))) ?? [];
    for (const namespace of namespaces.filter((other) => other.toLowerCase() === key.namespace.toLowerCase())) {
      const names = await this.#names(key.type, namespace);
      const twin = names.map((name) => `${namespace}/${name}`).find((id) => id.toLowerCase() === lower);
      if (twin !== undefined && twin !== repoId(key)) return twin;
    }
    return undefined;
  }

  async #readFile(path: string): Promise<RepoRecord | typeof broken | undefined> {
    const stamp = await fileStamp(path);
    if (!stamp) return undefined;
    const known = this.#known.get(path);
    if (known?.stamp === stamp.text) return known.record;
    const text = await unlessMissing(readFile(path, "utf8"));
    if (text === undefined) return undefined;
    const value = parseJson(text);
    const record = isRecord(value) ? value : broken;
    if (stamp.sure) this.#known.set(path, { stamp: stamp.text, record });
    return record;
  }

  async #names(type: RepoType, namespace: string): Promise<string[]> {
    const folders = (await unlessMissing(readdir(join(this.#layout.repos(type), namespace)))) ?? [];
    return folders
      .filter((folder) => folder.endsWith(".git"))
      .map((folder) => folder.slice(0, -".git".length))
      .sort();
  }
}

function isRecord(value: unknown): value is RepoRecord {
  if (typeof value !== "object" || value === null) return false;
  const record = value as Partial<Record<keyof RepoRecord, unknown>>;
  const { id, type, namespace, name, createdAt, createdBy, sdk } = record;
  return (
    [id, type, namespace, name, createdAt, createdBy].every((text) => typeof text === "string") &&
    typeof record.private === "boolean" &&
    (sdk === undefined || typeof sdk === "string")
  );
}
