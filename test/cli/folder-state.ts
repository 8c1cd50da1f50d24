import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** Every file below some folders, with its text: to be compared with what is there later. */
export async function folderState(...folders: (string | undefined)[]): Promise<Record<string, string>> {
  const state: Record<string, string> = {};
  for (const folder of folders) {
    if (folder === undefined) continue;
    for (const name of await readdir(folder, { recursive: true })) {
      const path = join(folder, name);
      state[path] = (await stat(path)).isDirectory() ? "a folder" : await readFile(path, "latin1");
    }
  }
  return state;
}
