import { execFileSync } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFileWithin } from "./read-file-within.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-read-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([0, 1, 256 * 1024, 256 * 1024 + 1, 3_000_000])("a file of %i bytes is read whole", async (size) => {
  const path = join(folder, String(size));
  const bytes = Buffer.alloc(size, 7);
  await writeFile(path, bytes);
  const found = await readFileWithin(path, 3_000_000);
  expect(found?.size).toBe(size);
  expect(Buffer.from(found?.bytes ?? []).equals(bytes)).toBe(true);
});

test("a file that is too large is told of, and not read", async () => {
  const path = join(folder, "large");
  await writeFile(path, "12345");
  expect(await readFileWithin(path, 4)).toEqual({ isFile: true, size: 5 });
});

test("links are followed, and what leads nowhere is nothing", async () => {
  await writeFile(join(folder, "target"), "x");
  await symlink("target", join(folder, "link"));
  await symlink("nowhere", join(folder, "broken"));
  expect((await readFileWithin(join(folder, "link"), 9))?.size).toBe(1);
  expect(await readFileWithin(join(folder, "broken"), 9)).toBeUndefined();
  expect(await readFileWithin(join(folder, "target", "inside"), 9)).toBeUndefined();
});

test("what is no file is not read, nor waited for", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  expect((await readFileWithin(pipe, 9))?.bytes).toBeUndefined();
  expect((await readFileWithin(folder, 1e9))?.bytes).toBeUndefined();
  expect((await readFileWithin("/dev/zero", 9))?.bytes).toBeUndefined();
});
