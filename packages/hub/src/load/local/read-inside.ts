import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { PackageError } from "../../errors/package-error.ts";
import { PlainFile } from "../../shared/plain-file.ts";
import { hasCode } from "../../shared/has-code.ts";

/**
 * Reads a file of a folder, without leaving the folder: neither the file nor a folder on the way to it may be a link.
 *
 * @param path - Of the file inside the folder, with `/` between the names; a safe one.
 * @param maxBytes - How large it may be. Of a larger one a byte more is read, so that whoever checks it sees that.
 * @returns `undefined` when there is no such file.
 * @throws PackageError `PATH_UNSAFE` for what is no plain file of the folder.
 */
export async function readInside(folder: string, path: string, maxBytes: number): Promise<Uint8Array | undefined> {
  const names = path.split("/");
  const target = join(folder, ...names);
  try {
    // The name on the disk has to be this very one: some systems find a file by others too.
    const real = await realpath(target);
    await using file = real === join(await realpath(folder), ...names) ? await PlainFile.open(target) : undefined;
    if (!file) {
      throw new PackageError(`${path} of ${folder} is not a plain file: links and devices are not followed`, {
        code: "PATH_UNSAFE",
        data: { folder, path },
      });
    }
    return await file.read({ maxBytes: maxBytes + 1 });
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return undefined;
    throw error;
  }
}
