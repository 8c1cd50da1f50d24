import { readdirSync, readFileSync } from "node:fs";
import * as nodeModule from "node:module";

/**
 * The modules of the guest folder, by their name without extension.
 *
 * They are read as they were built. Where the package runs from its sources they are TypeScript: Node, which must
 * be able to strip types to get this far, strips theirs too.
 */
export function readGuestSources(): Map<string, string> {
  const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
  const folder = new URL("../guest/", import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith(extension) && !/\.(?:test|d)\.ts$/.test(file));
  return new Map(
    files.map((file) => {
      const source = readFileSync(new URL(file, folder), "utf8");
      return [file.slice(0, -extension.length), extension === ".ts" ? nodeModule.stripTypeScriptTypes(source) : source];
    }),
  );
}
