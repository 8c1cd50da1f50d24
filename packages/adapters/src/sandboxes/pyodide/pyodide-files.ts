import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { scriptExtension } from "../javascript/guest-files.ts";

/** How to get Pyodide. */
export const pyodideHint: string = "Install Pyodide: npm install pyodide";

/** Where the package `pyodide` is: its folder, and its version. */
export interface PyodideFiles {
  folder: string;
  version: string;
}

/** Finds the package; nothing when it is not installed. */
export function findPyodide(): PyodideFiles | undefined {
  const require = createRequire(import.meta.url);
  try {
    const manifest = require.resolve("pyodide/package.json");
    const { version } = require(manifest) as { version: string };
    return { folder: dirname(manifest), version };
  } catch {
    return undefined;
  }
}

/** The program that runs in Deno. */
export function guestScript(): string {
  return fileURLToPath(new URL(`./guest/main.${scriptExtension}`, import.meta.url));
}
