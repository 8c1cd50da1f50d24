import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A package of npm. */
export interface NpmPackage {
  name: string;
  version: string;
}

/** The package that a file in `node_modules` belongs to; `undefined` for a file that is in none. */
export async function packageOf(file: string): Promise<NpmPackage | undefined> {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const text = await readFile(join(folder, "package.json"), "utf8").catch(() => undefined);
    const { name, version } = text === undefined ? {} : (JSON.parse(text) as Partial<NpmPackage>);
    // Packages have package.json files within that only say what kind of modules they hold.
    if (typeof name === "string" && typeof version === "string") return { name, version };
  }
  return undefined;
}
