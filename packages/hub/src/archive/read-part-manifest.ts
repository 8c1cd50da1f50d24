import { errorMessage, findingsText, type JsonSchema, SchemaValidator } from "@smoltools/core";
import valid from "semver/functions/valid.js";
import { PackageError } from "../errors/package-error.ts";
import { manifestIntegrity } from "../integrity/manifest-integrity.ts";
import { readManifest } from "../integrity/read-manifest.ts";
import { checkFiles } from "../manifest/check-files.ts";
import { packageLimits } from "../manifest/package-limits.ts";
import { manifestName } from "../manifest/manifest.ts";
import type { PackageManifest } from "../manifest/package-manifest.ts";
import { readJson } from "../manifest/read-json.ts";
import { repoNameProblem } from "../ref/repo-name.ts";

/** What manifests of all kinds have in common. */
const commonSchema: JsonSchema = {
  type: "object",
  properties: {
    name: { type: "string" },
    version: { type: "string" },
    signers: { type: "array", items: { type: "string" } },
    files: {
      type: "object",
      additionalProperties: {
        type: "object",
        properties: { size: { type: "integer", minimum: 0 }, sha256: { type: "string", pattern: "^[0-9a-f]{64}$" } },
        required: ["size", "sha256"],
      },
    },
    integrity: { type: "string" },
  },
  required: ["name", "version", "files", "integrity"],
};

/**
 * Reads the manifest of a package of any kind, as far as an archive has to understand it: its name, its files, and that
 * it is as it was made. The rest is for those who load packages of that kind.
 *
 * @throws PackageError, as `readManifest` does.
 */
export function readPartManifest(bytes: Uint8Array, name: string, source: string): PackageManifest {
  if (name === manifestName) return readManifest(bytes, source);
  const invalid = (why: string, cause?: unknown) =>
    new PackageError(`${name} of ${source} cannot be used: ${why}`, {
      code: "MANIFEST_INVALID",
      data: { source },
      cause,
    });
  if (bytes.byteLength > packageLimits.maxManifestBytes) {
    throw invalid(`it is larger than ${packageLimits.maxManifestBytes} bytes`);
  }
  let json: unknown;
  try {
    json = readJson(bytes);
  } catch (cause) {
    throw invalid(errorMessage(cause), cause);
  }
  const findings = new SchemaValidator(commonSchema).findings(json);
  if (findings.length > 0) throw invalid(`it is not a manifest:\n${findingsText(findings)}`);
  const manifest = json as PackageManifest;
  const nameProblem = repoNameProblem(manifest.name);
  if (nameProblem !== undefined) throw invalid(`its name ${JSON.stringify(manifest.name)} is wrong: ${nameProblem}`);
  if (valid(manifest.version) !== manifest.version) {
    throw invalid(`${JSON.stringify(manifest.version)} is not a semantic version`);
  }
  checkFiles(manifest.files, name, source);
  if (manifestIntegrity(manifest) === manifest.integrity) return manifest;
  throw new PackageError(`${name} of ${source} was changed after it was made. Do not use it`, {
    code: "INTEGRITY_MISMATCH",
    data: { source, expected: manifest.integrity },
  });
}
