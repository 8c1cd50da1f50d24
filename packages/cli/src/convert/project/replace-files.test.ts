import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { replaceFiles } from "./replace-files.ts";

let folder: string;
const { signal } = new AbortController();
const texts = async (): Promise<Record<string, string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const read = files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, "utf8")] as const);
  return Object.fromEntries(await Promise.all(read));
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-replace-"));
  await mkdir(join(folder, "src"));
  await writeFile(join(folder, "src/a.js"), "old a");
  await writeFile(join(folder, "src/b.js"), "old b");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("files are replaced, made and removed, and nothing else is left behind", async () => {
  await replaceFiles(folder, { "src/a.js": "new a", "lib/c.js": "new c" }, ["src/b.js"], signal);
  expect(await texts()).toEqual({ "src/a.js": "new a", "lib/c.js": "new c" });
});

it("all stay as they were where one cannot be replaced", async () => {
  await writeFile(join(folder, "taken"), "a file where a folder would have to be");
  const before = await texts();
  const written = { "src/a.js": "new a", "src/new.js": "new", "taken/c.js": "new c" };
  await expect(replaceFiles(folder, written, ["src/b.js"], signal)).rejects.toThrow(/EEXIST|ENOTDIR/);
  expect(await texts()).toEqual(before);
});

it("all stay as they were for who gave up before", async () => {
  const before = await texts();
  const given = replaceFiles(folder, { "src/a.js": "new a" }, ["src/b.js"], AbortSignal.abort(new Error("enough")));
  await expect(given).rejects.toThrow("enough");
  expect(await texts()).toEqual(before);
});
