import { stat } from "node:fs/promises";
import { readArchive } from "../../archive/read-archive.ts";
import { type LocalPackage, openLocalPackage } from "./local-package.ts";
import { readFolder } from "./read-folder.ts";

/**
 * Opens a package of this machine: a folder, or an archive of `smoltools pack`.
 *
 * @param path - Of the folder or file.
 * @throws as `readFolder` and `readArchive` do.
 */
export async function readLocal(
  path: string,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<LocalPackage> {
  const entry = await stat(path).catch(() => undefined);
  if (!entry?.isFile()) return readFolder(path);
  const { main } = await readArchive(path, options);
  return openLocalPackage(path, async (name) => main.files.get(name));
}
