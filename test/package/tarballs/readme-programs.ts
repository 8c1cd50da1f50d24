import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PackedPackage } from "../../../scripts/release/pack-packages.ts";
import { blocksOf, snippetsOf } from "../../docs/guide-page.ts";

/** A program of a package's README.md, written into a project that has installed the package. */
export interface ReadmeProgram {
  name: string;
  project: string;
  path: string;
  /** What the page says that it prints. */
  output: string;
}

/** Reads the pages out of the installed packages: what was packed is what is tried. */
export async function readmePrograms(
  packages: readonly PackedPackage[],
  projectOf: (name: string) => string,
): Promise<ReadmeProgram[]> {
  const programs = await Promise.all(
    packages.map(async ({ name }) => {
      const project = projectOf(name);
      const page = await readFile(join(project, "node_modules", name, "README.md"), "utf8");
      const runnable = snippetsOf(name, blocksOf(page)).filter(({ output }) => output !== undefined);
      return runnable.map(({ text, output = "" }, index) => {
        const path = join(project, `${name.replaceAll(/\W/g, "-")}-${index}.mjs`);
        return { name, project, path, output, text };
      });
    }),
  );
  // The programs use no syntax of TypeScript, so that they run on Node.js 20 as they are.
  await Promise.all(programs.flat().map(({ path, text }) => writeFile(path, text)));
  return programs.flat();
}
