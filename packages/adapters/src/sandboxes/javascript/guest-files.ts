import { readdir, readFile } from "node:fs/promises";

const sandboxes = new URL("../", import.meta.url);
const folders = ["javascript/guest", "quickjs/guest"];

/** This package runs from its sources in its own tests, and from its build elsewhere: Node and Deno run either. */
export const scriptExtension: "ts" | "js" = import.meta.url.endsWith(".ts") ? "ts" : "js";

/** The program of the guest in Node, among {@link javascriptGuestFiles}. */
export const nodeGuestStart: string = `javascript/guest/node.${scriptExtension}`;

/** The sources of the guest by their paths, `package.json` included: for machines that need a copy. */
export async function javascriptGuestFiles(): Promise<ReadonlyMap<string, string>> {
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(new URL(`${folder}/`, sandboxes));
      return names.map((name) => `${folder}/${name}`);
    }),
  );
  const paths = lists.flat().filter((path) => path.endsWith(`.${scriptExtension}`) && !/\.(?:test|d)\.ts$/.test(path));
  const files = await Promise.all(
    paths.map(async (path): Promise<[string, string]> => [path, await readFile(new URL(path, sandboxes), "utf8")]),
  );
  // Says that they are ES modules.
  return new Map([["package.json", '{"type":"module"}'], ...files]);
}
