import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { atomicWrite } from "./atomic-write.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "atomic-write-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a file is written with its mode, and its folder is made", async () => {
  const path = join(folder, "a", "b");
  await atomicWrite(path, "content", 0o444);
  expect(await readFile(path, "utf8")).toBe("content");
  expect((await stat(path)).mode & 0o777).toBe(0o444);
});

test("a read-only file is replaced", async () => {
  const path = join(folder, "a");
  await atomicWrite(path, "old", 0o444);
  await atomicWrite(path, "new", 0o444);
  expect(await readFile(path, "utf8")).toBe("new");
});

test("many writers at once leave one whole content and nothing else", async () => {
  const path = join(folder, "a");
  const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000));
  await Promise.all(contents.map((content) => atomicWrite(path, content)));
  expect(contents).toContain(await readFile(path, "utf8"));
  expect(await readdir(folder)).toEqual(["a"]);
});

test("a failure leaves no temporary file", async () => {
  const path = join(folder, "taken");
  await atomicWrite(join(path, "file"), "");
  await expect(atomicWrite(path, "x")).rejects.toMatchObject({ syscall: "rename" });
  expect(await readdir(folder)).toEqual(["taken"]);
});
