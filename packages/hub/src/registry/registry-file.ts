import { errorMessage, findingsText, type JsonSchema, SchemaValidator } from "@smoltools/core";
import { PackageError } from "../errors/package-error.ts";
import { parseStrictJson } from "../shared/parse-strict-json.ts";

/** The file on `main` that says what became of a package's versions after they were published. */
export const registryName = "registry.json";

/** Largest `registry.json` that is read, in bytes. */
export const maxRegistryBytes: number = 1024 * 1024;

/** Why a version should not be used any more. */
export interface Withdrawal {
  /** For people. */
  reason: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** A warning that a version, or the whole package, has a better successor. */
export interface Deprecation {
  /** For people. */
  message: string;
  /** A ref to use instead. */
  use?: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** What became of one version. */
export interface VersionStatus {
  /** Not chosen by ranges any more; still loaded by lock files and by its exact version. */
  yanked?: Withdrawal;
  deprecated?: Deprecation;
}

/** What `registry.json` holds. */
export interface RegistryFile {
  schemaVersion: 1;
  /** The whole package is deprecated. */
  deprecated?: Deprecation;
  /** By version, without a leading `v`. */
  versions: Record<string, VersionStatus>;
}

const text: JsonSchema = { type: "string", maxLength: 2000 };
const deprecation: JsonSchema = {
  type: "object",
  properties: { message: text, use: text, at: text },
  required: ["message", "at"],
};
const withdrawal: JsonSchema = {
  type: "object",
  properties: { reason: text, at: text },
  required: ["reason", "at"],
};

const registrySchema: JsonSchema = {
  type: "object",
  properties: {
    schemaVersion: { const: 1 },
    deprecated: deprecation,
    versions: {
      type: "object",
      maxProperties: 10_000,
      additionalProperties: { type: "object", properties: { yanked: withdrawal, deprecated: deprecation } },
    },
  },
  required: ["schemaVersion", "versions"],
};

/** The registry of a package that never withdrew anything. */
export function emptyRegistry(): RegistryFile {
  return { schemaVersion: 1, versions: {} };
}

/**
 * Reads `registry.json`.
 *
 * @param source - Of which package it is, for the error.
 * @throws PackageError `REGISTRY_INVALID`.
 */
export function parseRegistry(bytes: Uint8Array, source: string): RegistryFile {
  const invalid = (why: string, cause?: unknown) =>
    new PackageError(`${registryName} of ${source} cannot be read: ${why}`, {
      code: "REGISTRY_INVALID",
      data: { source },
      cause,
    });
  let json: unknown;
  try {
    json = parseStrictJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalid(errorMessage(cause), cause);
  }
  const findings = new SchemaValidator(registrySchema).findings(json);
  if (findings.length > 0) throw invalid(findingsText(findings));
  return json as RegistryFile;
}

/** What a registry says of a version. */
export function versionStatus({ versions }: RegistryFile, version: string): VersionStatus {
  return (Object.hasOwn(versions, version) ? versions[version] : undefined) ?? {};
}

/** The text of `registry.json`: versions sorted, so that it changes only where its content does. */
export function formatRegistry({ schemaVersion, deprecated, versions, ...rest }: RegistryFile): string {
  const sorted = Object.fromEntries(Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1)));
  // What a later version of the format adds is kept, though this one knows nothing of it.
  return `${JSON.stringify({ schemaVersion, ...(deprecated && { deprecated }), ...rest, versions: sorted }, null, 2)}\n`;
}
