import { join } from "node:path";
import { errorMessage, findingsText, type JsonSchema, SchemaValidator } from "@smoltools/core";
import { writeAtomically } from "../shared/write-atomically.ts";
import { SignatureError } from "../errors/signature-error.ts";
import { readFileWithin } from "../shared/read-file-within.ts";
import { exclusively } from "../shared/exclusively.ts";
import { readJson } from "../manifest/read-json.ts";
import { configFolder } from "./config-folder.ts";
import { publicKeyPattern } from "./public-key.ts";

/** A key that is trusted to be its owner's. */
export interface TrustedKey {
  /** `smoltools-ed25519 <base64>`. */
  key: string;
  /**
   * How it came here: a person said so, it signed the first signed package that was seen of the owner, or a package that
   * an already trusted key signed names it.
   */
  by: "person" | "first-use" | "other-key";
  /** `owner/name@version` of the package that brought it. */
  from?: string;
  /** Last day on which it counts, as `YYYY-MM-DD` in UTC; set by a person. */
  notAfter?: string;
}

/** From when on a package has to be signed: the lowest version that was seen with a trusted signature. */
export interface SignedSince {
  /** `owner/name`, in lower case. */
  name: string;
  version: string;
}

/** Whose key it is. */
export interface KeyOwner {
  /** Base address of the hub. */
  hub: string;
  /** Upper and lower case are the same. */
  owner: string;
}

/** What a file of trusted keys holds. */
export interface TrustData {
  schemaVersion: 1;
  /** A list, and not by name: names come from hubs, and `__proto__` is one. */
  owners: (KeyOwner & { keys: TrustedKey[]; signed?: SignedSince[] })[];
  /** Ids of keys that never count, whoever owns them. */
  revoked: string[];
}

/** Most keys of one owner: each of them is tried on each signature. */
const maxKeys = 16;

const trustSchema: JsonSchema = {
  type: "object",
  properties: {
    schemaVersion: { const: 1 },
    owners: {
      type: "array",
      items: {
        type: "object",
        properties: {
          hub: { type: "string" },
          owner: { type: "string" },
          keys: {
            type: "array",
            maxItems: maxKeys,
            items: {
              type: "object",
              properties: {
                key: { type: "string", pattern: publicKeyPattern },
                by: { enum: ["person", "first-use", "other-key"] },
                from: { type: "string" },
                notAfter: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
              },
              required: ["key", "by"],
            },
          },
          signed: {
            type: "array",
            items: {
              type: "object",
              properties: { name: { type: "string" }, version: { type: "string", maxLength: 256 } },
              required: ["name", "version"],
            },
          },
        },
        required: ["hub", "owner", "keys"],
      },
    },
    revoked: { type: "array", items: { type: "string" } },
  },
  required: ["schemaVersion", "owners", "revoked"],
};

let validator: SchemaValidator | undefined;

/** The usual place of the file of trusted keys. */
export function defaultTrustFile(env?: Readonly<Record<string, string | undefined>>): string {
  return join(configFolder(env), "trusted-keys.json");
}

/** Largest file of trusted keys that is read, in bytes. */
const maxBytes = 16 * 1024 * 1024;

/** Whose keys are trusted, in a file. Several processes may use it at once. */
export class TrustFile {
  readonly path: string;

  constructor(path: string = defaultTrustFile()) {
    this.path = path;
  }

  /**
   * Everything that is trusted; nothing when the file does not exist.
   *
   * @throws SignatureError `TRUST_FILE_INVALID`: a file that cannot be read is never taken for an empty one.
   */
  async read(): Promise<TrustData> {
    const found = await readFileWithin(this.path, maxBytes);
    if (!found) return { schemaVersion: 1, owners: [], revoked: [] };
    if (!found.bytes) throw trustFileInvalid(this.path, `it has ${found.size} bytes, or is no file`);
    return parseTrust(found.bytes, this.path);
  }

  /**
   * Changes what is trusted. Nothing is written where the change leaves everything as it is.
   *
   * @param change - Gets the data as it is now, and returns it as it is to be.
   */
  update(change: (data: TrustData) => TrustData): Promise<TrustData> {
    return exclusively(this.path, async () => {
      const before = await this.read();
      const after = change(before);
      if (after !== before) await writeAtomically(this.path, `${JSON.stringify(after, null, 2)}\n`);
      return after;
    });
  }
}

/** The keys that are trusted to be an owner's, revoked ones included. */
export function keysOf(data: TrustData, owner: KeyOwner): TrustedKey[] {
  return data.owners.find((other) => isSame(other, owner))?.keys ?? [];
}

/** The lowest version of a package that was seen with a trusted signature. */
export function signedSince(data: TrustData, owner: KeyOwner, name: string): string | undefined {
  const found = data.owners.find((other) => isSame(other, owner));
  return found?.signed?.find((entry) => entry.name === name.toLowerCase())?.version;
}

/** The same data, with the lowest signed version of a package of a known owner. */
export function withSignedSince(data: TrustData, owner: KeyOwner, { name, version }: SignedSince): TrustData {
  const entry = { name: name.toLowerCase(), version };
  const owners = data.owners.map((known) => {
    if (!isSame(known, owner)) return known;
    const others = known.signed?.filter((other) => other.name !== entry.name) ?? [];
    return { ...known, signed: [...others, entry].sort((a, b) => (a.name < b.name ? -1 : 1)) };
  });
  return { ...data, owners };
}

/** The same data with these keys for an owner; with none, the owner is not known any more. */
export function withKeys(data: TrustData, { hub, owner }: KeyOwner, keys: readonly TrustedKey[]): TrustData {
  if (keys.length > maxKeys) {
    throw new SignatureError(`${owner} has ${maxKeys} keys already: remove those that are no longer used`, {
      code: "KEY_INVALID",
      data: { owner },
    });
  }
  const others = data.owners.filter((other) => !isSame(other, { hub, owner }));
  const known = data.owners.find((other) => isSame(other, { hub, owner }));
  const own = keys.length === 0 ? [] : [{ ...known, hub, owner: owner.toLowerCase(), keys: [...keys] }];
  const order = (entry: KeyOwner) => `${entry.hub} ${entry.owner}`;
  return { ...data, owners: [...others, ...own].sort((a, b) => (order(a) < order(b) ? -1 : 1)) };
}

function trustFileInvalid(path: string, why: string, cause?: unknown): SignatureError {
  return new SignatureError(
    `${path} is not a file of trusted keys: ${why}. Restore it, or delete it and trust the keys anew`,
    { code: "TRUST_FILE_INVALID", data: { path }, cause },
  );
}

function isSame(a: KeyOwner, b: KeyOwner): boolean {
  return a.hub === b.hub && a.owner.toLowerCase() === b.owner.toLowerCase();
}

function parseTrust(bytes: Uint8Array, path: string): TrustData {
  const invalid = (why: string, cause?: unknown): SignatureError => trustFileInvalid(path, why, cause);
  let json: unknown;
  try {
    json = readJson(bytes);
  } catch (cause) {
    throw invalid(errorMessage(cause), cause);
  }
  validator ??= new SchemaValidator(trustSchema);
  const findings = validator.findings(json);
  if (findings.length > 0) throw invalid(`\n${findingsText(findings)}`);
  return json as TrustData;
}
