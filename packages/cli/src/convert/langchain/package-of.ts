import { dirname, join } from "node:path";
import { isRecord } from "../../shared/is-record.ts";
import { readIfThere } from "../../shared/read-if-there.ts";

/** A package of npm. */
export interface NpmPackage {
  name: string;
  version: string;
}

/** The package that a file in `node_modules` belongs to; `undefined` for a file that is in none. */
export async function packageOf(file: string): Promise<NpmPackage | undefined> {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const { name, version } = await packageJson(folder);
    // Packages have package.json files within that only say what kind of modules they hold.
    if (typeof name === "string" && typeof version === "string") return { name, version };
  }
  return undefined;
}

/** Empty where there is none, or none that can be read: packages have such files among their tests. */
async function packageJson(folder: string): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse((await readIfThere(join(folder, "package.json"))) ?? "{}");
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
