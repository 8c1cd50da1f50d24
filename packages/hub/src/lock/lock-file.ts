import { readFile } from "node:fs/promises";
import { errorMessage, findingsText, type JsonSchema, SchemaValidator } from "@smoltools/core";
import { writeAtomically } from "../cache/write-atomically.ts";
import { LockError } from "../errors/lock-error.ts";
import type { Permissions } from "../manifest/permissions.ts";
import type { RepoType } from "../ref/ref.ts";
import { exclusively } from "./exclusively.ts";

/** The usual name of a lock file. */
export const lockFileName = "smoltools.lock";

/** One ref, pinned. */
export interface LockEntry {
  /** Base address of the hub. */
  hub: string;
  repoType: RepoType;
  repo: string;
  version?: string;
  /** 40 hexadecimal digits. */
  commit: string;
  /** The manifest's integrity. */
  integrity: string;
  /** What the package may do: what it declared when it was locked. */
  permissions: Permissions;
  /** Fingerprint of the tools' declarations. */
  declarations: string;
}

/** What a lock file holds. */
export interface LockData {
  lockfileVersion: 1;
  /** By the ref as it was asked for, without `#tool`. */
  packages: Record<string, LockEntry>;
}

const texts: JsonSchema = { type: "array", items: { type: "string" } };

const lockSchema: JsonSchema = {
  type: "object",
  properties: {
    lockfileVersion: { const: 1 },
    packages: {
      type: "object",
      additionalProperties: {
        type: "object",
        properties: {
          hub: { type: "string" },
          repoType: { enum: ["space", "model", "dataset"] },
          repo: { type: "string" },
          version: { type: "string" },
          commit: { type: "string", pattern: "^[0-9a-f]{40}$" },
          integrity: { type: "string", pattern: "^sha512-" },
          permissions: {
            type: "object",
            properties: { net: texts, env: texts, read: texts, write: texts, run: texts },
            required: ["net", "env", "read", "write", "run"],
          },
          declarations: { type: "string" },
        },
        required: ["hub", "repoType", "repo", "commit", "integrity", "permissions", "declarations"],
      },
    },
  },
  required: ["lockfileVersion", "packages"],
};

/** A lock file on disk. Reading never changes it; writing keeps the entries of other refs. */
export class LockFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Everything that is locked; nothing when the file does not exist. */
  async read(): Promise<LockData> {
    let text: string;
    try {
      text = await readFile(this.path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return { lockfileVersion: 1, packages: {} };
      throw error;
    }
    return parseLock(text, this.path);
  }

  /** The entry of a ref. */
  async entry(ref: string): Promise<LockEntry | undefined> {
    const { packages } = await this.read();
    return Object.hasOwn(packages, ref) ? packages[ref] : undefined;
  }

  /** Adds or replaces the entry of a ref. Entries are sorted, so that the file changes only where its content does. */
  write(ref: string, entry: LockEntry): Promise<void> {
    return exclusively(this.path, async () => {
      const { packages } = await this.read();
      const entries = Object.entries({ ...packages, [ref]: entry }).sort(([a], [b]) => (a < b ? -1 : 1));
      const data: LockData = { lockfileVersion: 1, packages: Object.fromEntries(entries) };
      await writeAtomically(this.path, `${JSON.stringify(data, null, 2)}\n`);
    });
  }
}

function parseLock(text: string, path: string): LockData {
  const invalid = (why: string, cause?: unknown) =>
    new LockError(`${path} is not a lock file that can be read: ${why}. Restore it, or delete it and lock anew`, {
      code: "LOCK_INVALID",
      data: { path },
      cause,
    });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw invalid(errorMessage(cause), cause);
  }
  const version = typeof json === "object" && json !== null ? (json as Partial<LockData>).lockfileVersion : undefined;
  if (typeof version === "number" && version !== 1)
    throw invalid(`its lockfileVersion is ${version}: update smoltools`);
  const findings = new SchemaValidator(lockSchema).findings(json);
  if (findings.length > 0) throw invalid(`\n${findingsText(findings)}`);
  return json as LockData;
}
