import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packageOf } from "./package-of.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "smoltools-package-of-"));
  await mkdir(join(root, "inner"));
  await writeFile(join(root, "package.json"), '{ "name": "outer", "version": "1.2.3" }');
});
afterAll(() => rm(root, { recursive: true, force: true }));

it.each([
  ["only says what kind of modules it holds", '{ "type": "module" }'],
  ["is cut off", '{ "name": "inner", "vers'],
  ["is no object", "null"],
  ["says what is no text", '{ "name": ["inner"], "version": 1 }'],
])("a package.json that %s is passed over for the one above it", async (_what, text) => {
  await writeFile(join(root, "inner", "package.json"), text);
  expect(await packageOf(join(root, "inner", "index.js"))).toEqual({ name: "outer", version: "1.2.3" });
});
