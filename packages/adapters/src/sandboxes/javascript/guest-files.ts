import { readdir, readFile } from "node:fs/promises";

const sandboxes = new URL("../", import.meta.url);
const folders = ["javascript/guest", "quickjs/guest"];

/** This package runs from its sources in its own tests, and from its build elsewhere: Node and Deno run either. */
export const scriptExtension: "ts" | "js" = import.meta.url.endsWith(".ts") ? "ts" : "js";

/** The program of the guest in Node, among {@link javascriptGuestFiles}. */
export const nodeGuestStart = "javascript/guest/node.js";

let files: Promise<ReadonlyMap<string, string>> | undefined;

/** The guest as JavaScript, by the paths of its files, `package.json` included: for machines that need a copy. */
export async function javascriptGuestFiles(): Promise<ReadonlyMap<string, string>> {
  files ??= readFiles();
  try {
    return await files;
  } catch (error) {
    files = undefined;
    throw error;
  }
}

async function readFiles(): Promise<ReadonlyMap<string, string>> {
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(new URL(`${folder}/`, sandboxes));
      return names.map((name) => `${folder}/${name}`);
    }),
  );
  const paths = lists.flat().filter((path) => path.endsWith(`.${scriptExtension}`) && !/\.(?:test|d)\.ts$/.test(path));
  const scripts = await Promise.all(
    paths.map(async (path): Promise<[string, string]> => {
      const source = await readFile(new URL(path, sandboxes), "utf8");
      return scriptExtension === "js" ? [path, source] : [path.replace(/\.ts$/, ".js"), await builtFrom(source)];
    }),
  );
  // Says that they are ES modules.
  return new Map([["package.json", '{"type":"module"}'], ...scripts]);
}

/** What the build makes of a source: no guest has to strip types each time it starts. */
async function builtFrom(source: string): Promise<string> {
  const { transformSync } = await import("@swc/wasm-typescript");
  const { code } = transformSync(source, { mode: "strip-only", module: true });
  return code.replaceAll(/(?<=\bfrom "\.[^"\n]*)\.ts(?=")/g, ".js");
}
