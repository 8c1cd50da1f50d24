import { lstat, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { PackageError } from "../errors/package-error.ts";
import { readManifest } from "../integrity/read-manifest.ts";
import { verifyFile } from "../integrity/verify-file.ts";
import { packageLimits } from "../manifest/limits.ts";
import { type Manifest, manifestName } from "../manifest/manifest.ts";
import { readAll } from "./read-all.ts";

/** A package folder: its verified manifest, and its files, verified when they are read. */
export interface FolderPackage {
  manifest: Manifest;
  file(path: string): Promise<Uint8Array>;
  all(): Promise<Map<string, Uint8Array>>;
}

/**
 * Opens a folder that holds a package, as `push` makes it. It is checked like one from a hub.
 *
 * @throws PackageError `MANIFEST_MISSING`, and those of `readManifest`.
 */
export async function readFolder(path: string): Promise<FolderPackage> {
  const folder = resolve(path);
  const manifest = readManifest(await readManifestFile(folder, path), path);
  const file = async (name: string) => {
    const expected = Object.hasOwn(manifest.files, name) ? manifest.files[name] : undefined;
    if (!expected) {
      throw new PackageError(`${path} has no file ${JSON.stringify(name)}`, {
        code: "MANIFEST_INVALID",
        data: { path, name },
      });
    }
    const target = join(folder, ...name.split("/"));
    // A link could lead out of the folder.
    if (!(await lstat(target)).isFile()) {
      throw new PackageError(`${name} of ${path} is not a plain file`, { code: "PATH_UNSAFE", data: { path, name } });
    }
    const bytes = await readFile(target);
    verifyFile(bytes, expected, name, path);
    return bytes;
  };
  return { manifest, file, all: () => readAll(Object.keys(manifest.files), file) };
}

async function readManifestFile(folder: string, path: string): Promise<Uint8Array> {
  const file = join(folder, manifestName);
  try {
    const { size } = await lstat(file);
    if (size > packageLimits.maxManifestBytes) {
      throw new PackageError(`${manifestName} of ${path} has ${size} bytes: that is no manifest`, {
        code: "MANIFEST_INVALID",
        data: { path },
      });
    }
    return await readFile(file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT" && (cause as NodeJS.ErrnoException).code !== "ENOTDIR")
      throw cause;
    throw new PackageError(`${path} has no ${manifestName}: build the package first, or name a folder that holds one`, {
      code: "MANIFEST_MISSING",
      data: { path },
      cause,
    });
  }
}
