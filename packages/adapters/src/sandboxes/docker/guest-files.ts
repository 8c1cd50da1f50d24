import { Buffer } from "node:buffer";
import { readdir, readFile } from "node:fs/promises";
import { pythonGuestFiles } from "../python/guest-files.ts";

const sandboxes = new URL("../", import.meta.url);
const folders = ["javascript/guest", "quickjs/guest"];

/** This package runs from its sources in its own tests, and from its build elsewhere: Node runs either. */
export const scriptExtension: "ts" | "js" = import.meta.url.endsWith(".ts") ? "ts" : "js";

/** The guest of Node: the JSON of an object with the paths and texts of its files. */
export async function nodeGuestFiles(): Promise<Buffer> {
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(new URL(`${folder}/`, sandboxes));
      return names.map((name) => `${folder}/${name}`);
    }),
  );
  const paths = lists.flat().filter((path) => path.endsWith(`.${scriptExtension}`) && !/\.(?:test|d)\.ts$/.test(path));
  const texts = await Promise.all(
    paths.map(async (path): Promise<[string, string]> => [path, await readFile(new URL(path, sandboxes), "utf8")]),
  );
  // Says that they are ES modules.
  return asJson([...texts, ["package.json", '{"type":"module"}']]);
}

/** The guest of Python, in the same form. */
export async function pythonGuestFilesAsJson(): Promise<Buffer> {
  return asJson(pythonGuestFiles());
}

function asJson(files: Iterable<readonly [path: string, text: string]>): Buffer {
  return Buffer.from(JSON.stringify(Object.fromEntries(files)));
}
