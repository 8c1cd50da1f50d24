import { randomUUID } from "node:crypto";
import { lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { manifestName, readManifest, signaturePath } from "@smoltools/hub";
import { ProjectError } from "../project/project-error.ts";

type Files = ReadonlyMap<string, Uint8Array>;

/**
 * Writes the files of a package into a folder of their own: all of them, or none. What stood there before is replaced
 * if it was a package and nothing else.
 *
 * @throws ProjectError `PROJECT_FOLDER_TAKEN` when the folder holds anything else.
 */
export async function writePackage(folder: string, files: Files): Promise<void> {
  const target = resolve(folder);
  const replaces = await isReplaceable(target);
  await mkdir(dirname(target), { recursive: true });
  const fresh = join(dirname(target), `.${basename(target)}-${randomUUID()}`);
  try {
    await mkdir(fresh);
    await writeAll(fresh, files);
    if (replaces) await swap(fresh, target);
    else await rename(fresh, target);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** The files of a package in a temporary folder, which is removed with it. */
export async function temporaryPackage(files: Files): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "smoltools-package-"));
  const end = () => rm(path, { recursive: true, force: true });
  try {
    await writeAll(path, files);
  } catch (error) {
    await end();
    throw error;
  }
  return { path, [Symbol.asyncDispose]: end };
}

async function writeAll(folder: string, files: Files): Promise<void> {
  for (const [name, bytes] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
}

/** The old folder is kept until the new one is in its place. */
async function swap(fresh: string, target: string): Promise<void> {
  const old = `${fresh}-old`;
  await rename(target, old);
  try {
    await rename(fresh, target);
  } catch (error) {
    await rename(old, target);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

/** True for a folder that can be replaced; false where nothing is. */
async function isReplaceable(target: string): Promise<boolean> {
  const entry = await lstat(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!entry) return false;
  if (!entry.isDirectory()) throw taken(target, "it is no folder");
  const found = (await readdir(target, { recursive: true, withFileTypes: true }))
    .filter((one) => !one.isDirectory())
    .map((one) =>
      join(one.parentPath, one.name)
        .slice(target.length + 1)
        .replaceAll("\\", "/"),
    );
  if (found.length === 0) return true;
  const own = await packageFiles(target);
  const foreign = found.find((path) => !own.has(path));
  if (foreign !== undefined) throw taken(target, `it holds ${foreign}, which is no file of a package`);
  return true;
}

async function packageFiles(folder: string): Promise<ReadonlySet<string>> {
  try {
    const { files } = readManifest(await readFile(join(folder, manifestName)), folder);
    return new Set([manifestName, signaturePath(manifestName), ...Object.keys(files)]);
  } catch {
    return new Set();
  }
}

function taken(folder: string, why: string): ProjectError {
  return new ProjectError(`${folder} is not written to: ${why}. Name an empty folder, or one that is not there`, {
    code: "PROJECT_FOLDER_TAKEN",
    data: { path: folder },
  });
}
