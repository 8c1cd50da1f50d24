import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LastUsed } from "./last-used.ts";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "last-used-"));
});

afterEach(() => rm(root, { recursive: true, force: true }));

test("a use that could not be noted is noted with the next one", async () => {
  const lastUsed = new LastUsed(root);
  await writeFile(join(root, "accounts"), "in the way");
  await expect(lastUsed.note("0123456789ab")).rejects.toThrow("EEXIST");
  await rm(join(root, "accounts"));
  await lastUsed.note("0123456789ab");
  expect([...(await lastUsed.read()).keys()]).toEqual(["0123456789ab"]);
});

test.each(["no JSON", "[]", "null", '{ "0123456789ab": 1 }'])("a file that holds %s is begun anew", async (text) => {
  const lastUsed = new LastUsed(root);
  await lastUsed.note("aaaaaaaaaaaa");
  await writeFile(join(root, "accounts", "last-used.json"), text);
  expect([...(await lastUsed.read())]).toEqual([]);
});
