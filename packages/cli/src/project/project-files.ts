import { dirname, join } from "node:path";
import { errorMessage } from "@smoltools/core";
import { type ManifestSource, sourceProblem } from "@smoltools/hub";
import { isRecord } from "../shared/is-record.ts";
import { ProjectError } from "./project-error.ts";
import { readIfThere } from "../shared/read-if-there.ts";

/** What the files beside a tool's source say about its package. */
export interface ProjectFiles {
  /** `owner/name`, from `"smoltools": { "name": … }` of package.json. */
  name?: string;
  /** The file that holds the tools, from `"smoltools": { "source": … }` of package.json; relative to it. */
  source?: string;
  version?: string;
  description?: string;
  license?: string;
  keywords?: string[];
  /** Where the tools come from, from `"smoltools": { "convertedFrom": … }` of package.json. */
  convertedFrom?: ManifestSource;
  /** The files that `smoltools convert` wrote, by their paths, with the SHA-256 of what it wrote. */
  convertedFiles?: Readonly<Record<string, string>>;
  /** Text of the README. */
  readme?: string;
}

/**
 * Reads `package.json` and `README.md` beside a source file, or in the folder above if the source is in `src`.
 *
 * @returns An empty object when there are none: everything can be given on the command line.
 * @throws ProjectError `PROJECT_INVALID` for a package.json that is none.
 */
export async function readProjectFiles(sourceFile: string): Promise<ProjectFiles> {
  const folder = dirname(sourceFile);
  for (const candidate of [folder, dirname(folder)]) {
    const files = await readProjectFolder(candidate);
    if (files) return files;
    if (!folder.endsWith("src")) break;
  }
  const readme = await readIfThere(join(folder, "README.md"));
  return readme === undefined ? {} : { readme };
}

/** As {@link readProjectFiles}, for the folder of a project itself; `undefined` when it has no package.json. */
export async function readProjectFolder(folder: string): Promise<ProjectFiles | undefined> {
  const file = join(folder, "package.json");
  const text = await readIfThere(file);
  if (text === undefined) return undefined;
  const readme = await readIfThere(join(folder, "README.md"));
  return { ...fieldsOf(text, file), ...(readme !== undefined && { readme }) };
}

function fieldsOf(text: string, file: string): ProjectFiles {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ProjectError(`${file} is not JSON: ${errorMessage(cause)}`, {
      code: "PROJECT_INVALID",
      data: { path: file },
      cause,
    });
  }
  if (!isRecord(json)) return {};
  const { version, description, license, keywords, smoltools } = json;
  const { name, source, convertedFrom, convertedFiles } = isRecord(smoltools) ? smoltools : {};
  if (convertedFrom !== undefined && !isSource(convertedFrom)) {
    throw new ProjectError(`${file}: smoltools.convertedFrom cannot be used: ${sourceProblem(convertedFrom)}`, {
      code: "PROJECT_INVALID",
      data: { path: file },
    });
  }
  return {
    ...(convertedFrom !== undefined && { convertedFrom }),
    ...(isRecord(convertedFiles) && { convertedFiles: textsOf(convertedFiles) }),
    ...(typeof name === "string" && { name }),
    ...(typeof source === "string" && { source }),
    ...(typeof version === "string" && { version }),
    ...(typeof description === "string" && { description }),
    ...(typeof license === "string" && { license }),
    ...(Array.isArray(keywords) && { keywords: keywords.filter((word) => typeof word === "string") }),
  };
}

function isSource(value: unknown): value is ManifestSource {
  return sourceProblem(value) === undefined;
}

function textsOf(object: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(object).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(entries);
}
