import { globSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** What a declaration file takes from its neighbours. */
const relativeImport = /(?:from |import\(|import )"(\.[^"]+)"/g;

/**
 * Removes the declaration files that no public one leads to: nobody can name what they declare, and an installation has
 * a thousand files fewer.
 *
 * @param folder - A package that was built.
 */
export function leaveOutTypes(folder: string): void {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { exports: unknown };
  const reached = new Set(publicTypes(manifest.exports).map((path) => resolve(folder, path)));
  // A set gives what is added to it meanwhile as well.
  for (const file of reached) {
    for (const [, specifier = ""] of readFileSync(file, "utf8").matchAll(relativeImport)) {
      reached.add(resolve(dirname(file), specifier.replace(/\.[jt]s$/, ".d.ts")));
    }
  }
  for (const path of globSync("dist/**/*.d.ts", { cwd: folder })) {
    if (!reached.has(resolve(folder, path))) rmSync(join(folder, path));
  }
}

/** The declaration files in the exports of a package.json. */
function publicTypes(exported: unknown): string[] {
  if (typeof exported === "string") return exported.endsWith(".d.ts") ? [exported] : [];
  return Object.values(Object(exported) as object).flatMap(publicTypes);
}
