import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder of the guest's files. The package ships its sources, and its build leaves them where they are: the same
 * path leads there from both.
 */
export const pythonGuestFolder: string = fileURLToPath(new URL("../../../src/sandboxes/python/guest", import.meta.url));

/** The program of the guest, in its folder. Without descriptor 3 it is started with `--stdio`. */
export const pythonGuestStart = "start.py";

let files: ReadonlyMap<string, string> | undefined;

/** The sources of the guest by their paths in its folder, with `/` between names: for machines that need a copy. */
export function pythonGuestFiles(): ReadonlyMap<string, string> {
  files ??= new Map(
    readdirSync(pythonGuestFolder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".py"))
      .map((path): [string, string] => [
        path.replaceAll(sep, "/"),
        readFileSync(join(pythonGuestFolder, path), "utf8"),
      ]),
  );
  return files;
}
