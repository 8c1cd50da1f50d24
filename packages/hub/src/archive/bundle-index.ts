import { errorMessage, findingsText, type JsonSchema, SchemaValidator } from "@smoltools/core";
import { readJson } from "../manifest/read-json.ts";
import { repoNameProblem } from "../ref/repo-name.ts";
import { signaturePath } from "../signing/signature-path.ts";
import { type Archive, type ArchivePart, partId } from "./archive-part.ts";
import { archiveInvalid } from "./archive-refusals.ts";

/** The file of an archive that says what is in it. */
export const indexName = "bundle.json";

/** What `bundle.json` holds. */
export interface BundleIndex {
  schemaVersion: 1;
  /** `owner/name@version` of the package that the archive is about. */
  main: string;
  /** Every package, the main one included, by `owner/name@version`. */
  packages: Record<string, { manifest: string; integrity: string }>;
}

const indexSchema: JsonSchema = {
  type: "object",
  properties: {
    schemaVersion: { const: 1 },
    main: { type: "string" },
    packages: {
      type: "object",
      additionalProperties: {
        type: "object",
        properties: {
          manifest: { type: "string", pattern: "^[a-z]{1,32}\\.json$" },
          integrity: { type: "string" },
        },
        required: ["manifest", "integrity"],
      },
    },
  },
  required: ["schemaVersion", "main", "packages"],
};

/** The text of `bundle.json`. */
export function formatIndex({ main, dependencies }: Archive): string {
  const parts = [main, ...dependencies];
  const entries = parts.map((part): [string, BundleIndex["packages"][string]] => [
    partId(part),
    { manifest: part.manifestName, integrity: part.integrity },
  ]);
  const index: BundleIndex = { schemaVersion: 1, main: partId(main), packages: Object.fromEntries(entries) };
  return `${JSON.stringify(index, null, 2)}\n`;
}

/**
 * Reads `bundle.json`.
 *
 * @param source - The archive, for messages.
 * @throws ArchiveError `ARCHIVE_INVALID`.
 */
export function parseIndex(bytes: Uint8Array | undefined, source: string): BundleIndex {
  if (!bytes) throw archiveInvalid(source, `it has no ${indexName}: smoltools pack has not made it`);
  let json: unknown;
  try {
    json = readJson(bytes);
  } catch (cause) {
    throw archiveInvalid(source, `its ${indexName} cannot be read (${errorMessage(cause)})`, indexName, cause);
  }
  const findings = new SchemaValidator(indexSchema).findings(json);
  if (findings.length > 0)
    throw archiveInvalid(source, `its ${indexName} is wrong: ${findingsText(findings)}`, indexName);
  const index = json as BundleIndex;
  if (!Object.hasOwn(index.packages, index.main)) {
    throw archiveInvalid(source, `its ${indexName} does not list its main package`, indexName);
  }
  return index;
}

/**
 * The folder of a package in the archive, with a `/` at its end.
 *
 * @param id - `owner/name@version`.
 * @returns `undefined` for a text that is no such id.
 */
export function partFolder(id: string, { main }: Pick<BundleIndex, "main">): string | undefined {
  const [name = "", version = "", ...more] = id.split("@");
  if (more.length > 0 || repoNameProblem(name) !== undefined || !/^[0-9A-Za-z.+-]{1,256}$/.test(version))
    return undefined;
  return id === main ? "package/" : `packages/${name}/${version}/`;
}

/** A package's files with their paths in the archive: manifest and signature first. */
export function partFiles({ manifestName, files }: ArchivePart, folder: string): [path: string, bytes: Uint8Array][] {
  const signature = signaturePath(manifestName);
  const rank = (path: string) => (path === manifestName ? 0 : path === signature ? 1 : 2);
  const sorted = [...files].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return sorted.map(([path, bytes]) => [`${folder}${path}`, bytes]);
}
