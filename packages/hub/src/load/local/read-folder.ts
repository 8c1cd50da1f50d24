import { resolve } from "node:path";
import { type LocalPackage, openLocalPackage } from "./local-package.ts";
import { readInside } from "./read-inside.ts";

/**
 * Opens a folder that holds a package, as `push` makes it. Links in it are not followed.
 *
 * @throws PackageError `MANIFEST_MISSING`, `PATH_UNSAFE`, and those of `readManifest`.
 */
export function readFolder(path: string): Promise<LocalPackage> {
  const folder = resolve(path);
  return openLocalPackage(path, (name, maxBytes) => readInside(folder, name, maxBytes));
}
