import { join, resolve } from "node:path";
import { isRecord } from "../../shared/is-record.ts";
import { jsonText } from "../../shared/json-text.ts";
import { readIfThere } from "../../shared/read-if-there.ts";
import type { Conversion } from "../conversion.ts";
import { ConvertError } from "../convert-error.ts";
import type { ConvertedFolder } from "./converted-folder.ts";
import { convertedSettings, generatedFiles, hashesOf, hashOf, type ProjectChoices } from "./converted-project.ts";

/** What an update does to the files of a project. */
export interface FileUpdates {
  /** What is written, by path; package.json is among it when it changes. */
  written: Record<string, string>;
  /** What is not generated any more, and goes. */
  removed: string[];
  /** What somebody edited, and stays as it is. */
  kept: string[];
}

/** Prose that somebody rewrote is better than what would be generated: it stays, and nobody has to do anything. */
const prose: ReadonlySet<string> = new Set(["README.md"]);

/**
 * Finds out what an update does to the files of a project, and does nothing.
 *
 * @throws ConvertError `CONVERT_FILE_EDITED` when a file was edited that would have to change.
 */
export async function planUpdate(
  project: ConvertedFolder,
  conversion: Conversion,
  convertedWith: ProjectChoices["convertedWith"],
): Promise<FileUpdates> {
  const { path: folder, name, hashes, packageJson } = project;
  const fresh = generatedFiles(conversion, { name, folder: resolve(folder) });
  const freshHashes = hashesOf(fresh);
  const updates: FileUpdates = { written: {}, removed: [], kept: [] };
  const refused: string[] = [];
  for (const path of new Set([...Object.keys(fresh), ...Object.keys(hashes)])) {
    const current = await readIfThere(join(folder, path));
    const text = fresh[path];
    const isEdited = current !== undefined && hashOf(current) !== hashes[path] && hashOf(current) !== freshHashes[path];
    const isSame = current !== undefined && text !== undefined && hashOf(current) === freshHashes[path];
    if (isSame || (text === undefined && current === undefined)) continue;
    if (!isEdited && text !== undefined) updates.written[path] = text;
    else if (!isEdited) updates.removed.push(path);
    // What would be written is what was written before: nothing is lost by keeping the edits.
    else if (prose.has(path) || freshHashes[path] === hashes[path]) updates.kept.push(path);
    else refused.push(path);
  }
  if (refused.length > 0) throw isEditedError(folder, refused);
  const smoltools = {
    ...recordOf(packageJson["smoltools"]),
    ...convertedSettings(conversion, { name, convertedWith }, freshHashes),
  };
  const { dependencies: added } = conversion;
  const dependencies = added && { dependencies: { ...recordOf(packageJson["dependencies"]), ...added } };
  const text = jsonText({ ...packageJson, ...dependencies, smoltools });
  if (text !== jsonText(packageJson)) updates.written["package.json"] = text;
  return updates;
}

function isEditedError(folder: string, files: readonly string[]): ConvertError {
  const them = files.length === 1 ? "it" : "them";
  return new ConvertError(
    `${files.join(", ")} of ${folder} changed since smoltools convert wrote ${them}, and would change now: nothing is ` +
      `overwritten. Keep your changes somewhere and delete ${them}, then update again, or convert into another folder ` +
      "and take over what you want",
    { code: "CONVERT_FILE_EDITED", data: { source: folder, files } },
  );
}

function recordOf(value: unknown): object {
  return isRecord(value) ? value : {};
}
