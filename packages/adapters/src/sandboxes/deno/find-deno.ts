import { access, constants } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import process from "node:process";

/** How to get Deno. */
export const denoHint: string =
  "Install Deno 2.9 or later: npm install deno, or see https://docs.deno.com/runtime/getting_started/installation/";

/** The names of the packages that bring the program, by platform and processor. */
const packages: Readonly<Record<string, string>> = {
  "linux-x64": "linux-x64-glibc",
  "linux-arm64": "linux-arm64-glibc",
  "darwin-x64": "darwin-x64",
  "darwin-arm64": "darwin-arm64",
  "win32-x64": "win32-x64",
  "win32-arm64": "win32-arm64",
};

/**
 * The path of the Deno program: the one of the package `deno` on npm, else the first on the PATH; nothing when there
 * is none.
 *
 * The package's own command is a Node script that starts the program; here it is started without that detour, and
 * under its own name: under the name `node` Deno runs with all permissions.
 */
export async function findDeno(): Promise<string | undefined> {
  for (const path of [...packagePaths(), ...searchPaths()]) {
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // The next one, then.
    }
  }
  return undefined;
}

const program: string = process.platform === "win32" ? "deno.exe" : "deno";

function packagePaths(): string[] {
  const name = packages[`${process.platform}-${process.arch}`];
  if (name === undefined) return [];
  try {
    const fromHere = createRequire(import.meta.url);
    const fromDeno = createRequire(fromHere.resolve("deno/package.json"));
    return [join(dirname(fromDeno.resolve(`@deno/${name}/package.json`)), program)];
  } catch {
    return [];
  }
}

function searchPaths(): string[] {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, program));
}
