import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { HubServerError } from "../../hub-server-error.ts";
import { namespaceProblem, type RepoKey, repoId, repoNameProblem, type RepoType } from "../../repo/repo-key.ts";
import type { RepoRecord } from "../hub-storage.ts";
import { atomicWrite, syncFolder } from "./atomic-write.ts";
import { unlessMissing } from "./has-code.ts";
import type { Layout } from "./layout.ts";

/** The records of all repos: one small JSON file each. A repo exists when its record does. */
export class RepoRecords {
  readonly #layout: Layout;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** @throws HubServerError `HUB_STORAGE_BROKEN` when the file is not a record. */
  async read(key: RepoKey): Promise<RepoRecord | undefined> {
    if (namespaceProblem(key.namespace) || repoNameProblem(key.name)) return undefined;
    const text = await unlessMissing(readFile(this.#layout.record(key), "utf8"));
    if (text === undefined) return undefined;
    const record = parseRecord(text);
    if (!record) throw new HubServerError("HUB_STORAGE_BROKEN", `The record of ${repoId(key)} cannot be read.`);
    // A file system that does not tell upper from lower case finds a record under names that are not its own.
    return record.type === key.type && repoId(record) === repoId(key) ? record : undefined;
  }

  async write(record: RepoRecord): Promise<void> {
    await atomicWrite(this.#layout.record(record), `${JSON.stringify(record, undefined, 2)}\n`);
    await syncFolder(this.#layout.namespace(record));
  }

  async remove(key: RepoKey): Promise<void> {
    await rm(this.#layout.record(key), { force: true });
    await syncFolder(this.#layout.namespace(key));
  }

  /** The records of a type, by id. */
  async list(type: RepoType): Promise<RepoRecord[]> {
    const found: RepoRecord[] = [];
    const namespaces = (await unlessMissing(readdir(this.#layout.repos(type)))) ?? [];
    for (const namespace of namespaces.sort()) {
      for (const name of await this.#names(type, namespace)) {
        const record = await this.read({ type, namespace, name });
        if (record) found.push(record);
      }
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

  async #names(type: RepoType, namespace: string): Promise<string[]> {
    const files = (await unlessMissing(readdir(join(this.#layout.repos(type), namespace)))) ?? [];
    return files
      .filter((file) => file.endsWith(".json"))
      .map((file) => file.slice(0, -".json".length))
      .sort();
  }
}

function parseRecord(text: string): RepoRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
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
