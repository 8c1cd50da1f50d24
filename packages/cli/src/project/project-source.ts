import { readdir, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { readProjectFiles, readProjectFolder } from "./project-files.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { ProjectError } from "./project-error.ts";

/** Where the tools of a project are written. */
export interface ProjectSource {
  /** Path of the source file. */
  file: string;
  /** `owner/name`, where the project says it. */
  name?: string;
}

/** Files of which packages are made. Declarations and tests are none. */
const sourceName = /(?<!\.d|\.test|\.spec|\.config)\.(?:[cm]?[jt]sx?|py)$/;

/** True for the path of a file of which a package can be made. */
export function isSourceName(path: string): boolean {
  return /(?<!\.d)\.(?:[cm]?[jt]sx?|py)$/.test(path);
}

/**
 * The source file that a path on the command line means: the file itself, or the one that holds the tools of a project's
 * folder. That is the one that package.json names as `"smoltools": { "source": "src/weather.ts" }`, else the only
 * source file in `src` or in the folder itself.
 *
 * @throws UsageError when there is nothing at the path; ProjectError `PROJECT_SOURCE_UNCLEAR`, `PROJECT_INVALID`.
 */
export async function projectSource(path: string): Promise<ProjectSource> {
  const entry = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") throw new UsageError(`There is no file ${path}`);
    throw error;
  });
  if (!entry.isDirectory()) return named(path, (await readProjectFiles(resolve(path))).name);
  const { name, source } = (await readProjectFolder(path)) ?? {};
  if (source !== undefined) return named(await declared(path, source), name);
  const found = [...(await sourcesIn(join(path, "src"))), ...(await sourcesIn(path))];
  const [file] = found;
  if (file !== undefined && found.length === 1) return named(file, name);
  const what = found.length === 0 ? "no source file" : `several source files (${found.slice(0, 5).join(", ")})`;
  throw unclear(
    path,
    `it has ${what}: name the file, or write "smoltools": { "source": "src/tool.ts" } in package.json`,
  );
}

async function declared(folder: string, source: string): Promise<string> {
  const file = join(folder, source);
  if (relative(resolve(folder), resolve(file)).startsWith("..")) {
    throw unclear(folder, `its package.json names ${source}, which lies outside`);
  }
  const entry = await stat(file).catch(() => undefined);
  if (!entry?.isFile()) throw unclear(folder, `its package.json names ${source}, which is no file`);
  return file;
}

async function sourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const names = entries.filter((entry) => entry.isFile() && sourceName.test(entry.name)).map((entry) => entry.name);
  return names.sort().map((name) => join(folder, name));
}

function named(file: string, name: string | undefined): ProjectSource {
  return { file, ...(name !== undefined && { name }) };
}

function unclear(folder: string, why: string): ProjectError {
  return new ProjectError(`${folder} is not clear: ${why}`, { code: "PROJECT_SOURCE_UNCLEAR", data: { path: folder } });
}
