import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorMessage, SmoltoolsError } from "@smoltools/core";

/** What the files beside a tool's source say about its package. */
export interface ProjectFiles {
  version?: string;
  description?: string;
  license?: string;
  keywords?: string[];
  /** Text of the README. */
  readme?: string;
}

/** A project file that cannot be used. */
class ProjectFileError extends SmoltoolsError<"PROJECT_INVALID", { file: string }> {}

/**
 * Reads `package.json` and `README.md` beside a source file, or in the folder above if the source is in `src`.
 *
 * @returns An empty object when there are none: everything can be given on the command line.
 */
export async function readProjectFiles(sourceFile: string): Promise<ProjectFiles> {
  const folder = dirname(sourceFile);
  for (const candidate of [folder, dirname(folder)]) {
    const text = await readIfThere(join(candidate, "package.json"));
    if (text !== undefined) {
      const readme = await readIfThere(join(candidate, "README.md"));
      return { ...fieldsOf(text, join(candidate, "package.json")), ...(readme !== undefined && { readme }) };
    }
    if (!folder.endsWith("src")) break;
  }
  const readme = await readIfThere(join(folder, "README.md"));
  return readme === undefined ? {} : { readme };
}

function fieldsOf(text: string, file: string): ProjectFiles {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ProjectFileError(`${file} is not JSON: ${errorMessage(cause)}`, {
      code: "PROJECT_INVALID",
      data: { file },
      cause,
    });
  }
  if (typeof json !== "object" || json === null) return {};
  const { version, description, license, keywords } = json as Record<string, unknown>;
  return {
    ...(typeof version === "string" && { version }),
    ...(typeof description === "string" && { description }),
    ...(typeof license === "string" && { license }),
    ...(Array.isArray(keywords) && { keywords: keywords.filter((word) => typeof word === "string") }),
  };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
