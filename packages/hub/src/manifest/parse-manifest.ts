import { checkDeclaration, errorMessage, findingsText, SchemaValidator } from "@smoltools/core";
import valid from "semver/functions/valid.js";
import { PackageError } from "../errors/package-error.ts";
import { repoNameProblem } from "../ref/repo-name.ts";
import { checkFiles } from "./check-files.ts";
import { packageLimits } from "./package-limits.ts";
import { type Manifest, manifestName } from "./manifest.ts";
import { manifestSchema } from "./manifest-schema.ts";
import { permissionProblem } from "./permission-problem.ts";
import { permissionKinds } from "./permissions.ts";
import { readJson } from "./read-json.ts";
import { sourceCommand, sourceProblem, sourceVariables } from "./source-problem.ts";

let validator: SchemaValidator | undefined;

/**
 * Reads a `tool.json` and checks its form: names, paths, sizes, schemas. `readManifest` checks its integrity as well.
 *
 * @param bytes - The file.
 * @param source - Where it came from, for messages.
 * @throws PackageError `MANIFEST_INVALID`, `PATH_UNSAFE` or `PACKAGE_TOO_LARGE`.
 */
export function parseManifest(bytes: Uint8Array, source: string): Manifest {
  const manifest = jsonOf(bytes, source);
  checkForm(manifest, source);
  checkNames(manifest, source);
  checkSource(manifest, source);
  checkFiles(manifest.files, manifestName, source);
  if (!Object.hasOwn(manifest.files, manifest.entry)) {
    throw invalid(source, `its entry ${JSON.stringify(manifest.entry)} is not among its files`);
  }
  return manifest;
}

function jsonOf(bytes: Uint8Array, source: string): unknown {
  if (bytes.byteLength > packageLimits.maxManifestBytes) {
    throw invalid(source, `it is larger than ${packageLimits.maxManifestBytes} bytes`);
  }
  try {
    return readJson(bytes);
  } catch (cause) {
    throw invalid(source, `it is not JSON as packages have it (${errorMessage(cause)})`, cause);
  }
}

function checkForm(value: unknown, source: string): asserts value is Manifest {
  validator ??= new SchemaValidator(manifestSchema);
  const version = typeof value === "object" && value !== null ? (value as Partial<Manifest>).schemaVersion : undefined;
  if (typeof version === "number" && version !== 1) {
    throw invalid(source, `its schemaVersion is ${version}; this version of smoltools reads 1. Update smoltools`);
  }
  const findings = validator.findings(value);
  if (findings.length > 0) throw invalid(source, `it is not a manifest:\n${findingsText(findings)}`);
}

function checkNames(manifest: Manifest, source: string): void {
  const nameProblem = repoNameProblem(manifest.name);
  if (nameProblem) throw invalid(source, `its name ${JSON.stringify(manifest.name)} is wrong: ${nameProblem}`);
  if (valid(manifest.version) !== manifest.version) {
    throw invalid(source, `${JSON.stringify(manifest.version)} is not a semantic version`);
  }
  const names = new Set<string>();
  for (const declaration of manifest.tools) {
    try {
      checkDeclaration(declaration);
    } catch (cause) {
      throw invalid(source, errorMessage(cause), cause);
    }
    if (names.has(declaration.name)) throw invalid(source, `two tools are called "${declaration.name}"`);
    names.add(declaration.name);
  }
  const wrongSource = manifest.source === undefined ? undefined : sourceProblem(manifest.source);
  if (wrongSource !== undefined) throw invalid(source, `its source cannot be used: ${wrongSource}`);
  const started = sourceCommand(manifest.source);
  for (const kind of permissionKinds) {
    for (const value of manifest.permissions[kind]) {
      // The program that its source is stands there with its arguments: whoever grants it has to see them.
      const problem = kind === "run" && value === started ? undefined : permissionProblem(kind, value);
      if (problem) throw invalid(source, `permission ${kind} ${JSON.stringify(value)}: ${problem}`);
    }
  }
}

function checkSource({ source, permissions }: Manifest, name: string): void {
  if (source === undefined) return;
  const started = sourceCommand(source);
  if (started === undefined) return;
  if (!permissions.run.includes(started)) {
    throw invalid(name, `its source is the program ${JSON.stringify(started)}, which its permissions do not name`);
  }
  const hidden = sourceVariables(source).find((variable) => !permissions.env.includes(variable));
  if (hidden !== undefined) {
    throw invalid(name, `its source is given the variable ${hidden}, which its permissions do not name`);
  }
}

function invalid(source: string, why: string, cause?: unknown): PackageError {
  return new PackageError(`${manifestName} of ${source} cannot be used: ${why}`, {
    code: "MANIFEST_INVALID",
    data: { source },
    cause,
  });
}
