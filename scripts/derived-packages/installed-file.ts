import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * The text of a file of an installed package. A package need not export its own files: they are looked for in the
 * folders that its name leads to.
 */
export function installedFile(name: string, path: string): string {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    try {
      return readFileSync(join(folder, name, path), "utf8");
    } catch {
      continue;
    }
  }
  throw new Error(`${name} has no ${path}, or is not installed: run pnpm install`);
}
