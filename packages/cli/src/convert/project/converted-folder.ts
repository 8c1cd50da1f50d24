import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ManifestSource } from "@smoltools/hub";
import { isRecord } from "../../shared/is-record.ts";
import { readProjectFolder } from "../../project/project-files.ts";
import { ConvertError } from "../convert-error.ts";
import type { ProjectChoices } from "./converted-project.ts";

/** A project that was converted, as it is now. */
export interface ConvertedFolder {
  path: string;
  packageJson: Readonly<Record<string, unknown>>;
  /** `owner/name`. */
  name: string;
  version: string;
  source: ManifestSource;
  convertedWith: ProjectChoices["convertedWith"];
  /** The SHA-256 of what was written, by path. */
  hashes: Readonly<Record<string, string>>;
}

/**
 * Reads a project that was converted.
 *
 * @param kind - The kind of source that it has to be converted from.
 * @throws ConvertError `CONVERT_NOT_CONVERTED`; ProjectError `PROJECT_INVALID`.
 */
export async function readConvertedFolder(path: string, kind: ManifestSource["kind"]): Promise<ConvertedFolder> {
  const { convertedFrom: source, name, version = "0.1.0", convertedFiles = {} } = (await readProjectFolder(path)) ?? {};
  if (source?.kind !== kind || name === undefined) {
    const why = source
      ? `it was converted from a source of the kind ${source.kind}: smoltools convert ${source.kind} updates it`
      : "it holds no project that smoltools convert wrote: leave out --update to make one";
    throw new ConvertError(`${path} cannot be updated: ${why}`, {
      code: "CONVERT_NOT_CONVERTED",
      data: { source: path },
    });
  }
  const packageJson = recordOf(JSON.parse(await readFile(join(path, "package.json"), "utf8")));
  const convertedWith = choicesOf(recordOf(packageJson["smoltools"])["convertedWith"]);
  // What lies elsewhere was never written by a conversion, whatever package.json says.
  const own = Object.entries(convertedFiles).filter(([file]) => /^(?:src\/[\w-][\w.-]*|README\.md)$/.test(file));
  return { path, packageJson, name, version, source, convertedWith, hashes: Object.fromEntries(own) };
}

function choicesOf(value: unknown): ProjectChoices["convertedWith"] {
  const entries = Object.entries(recordOf(value)).flatMap(([key, choice]): [string, string | string[] | boolean][] => {
    if (Array.isArray(choice)) return [[key, choice.filter((one) => typeof one === "string")]];
    return typeof choice === "string" || typeof choice === "boolean" ? [[key, choice]] : [];
  });
  return Object.fromEntries(entries);
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
