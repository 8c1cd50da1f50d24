import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SigningKey } from "./signing-key.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "signing-key-"));
  path = join(folder, "signing.key");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("of many that need the key first, one makes it and all have it", async () => {
  const signatures = await Promise.all(Array.from({ length: 10 }, () => new SigningKey(path).sign("text")));
  expect(new Set(signatures).size).toBe(1);
  expect(signatures[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(await readdir(folder)).toEqual(["signing.key"]);
});

test("another text has another signature, and so has another key", async () => {
  const here = await new SigningKey(path).sign("text");
  expect(await new SigningKey(path).sign("text")).toBe(here);
  expect(await new SigningKey(path).sign("texts")).not.toBe(here);
  expect(await new SigningKey(join(folder, "other.key")).sign("text")).not.toBe(here);
});

test("the file is for its owner only, and is not the signature of anything", async () => {
  const signature = await new SigningKey(path).sign("");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, "utf8")).not.toBe(signature);
});

test.each(["", "short", "z".repeat(64)])("a file with %j is no key", async (text) => {
  await writeFile(path, text);
  await expect(new SigningKey(path).sign("text")).rejects.toMatchObject({ code: "HUB_STORAGE_BROKEN" });
});
