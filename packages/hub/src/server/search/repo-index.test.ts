import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openTestStorage } from "../storage/disk/test-support/test-storage.ts";
import { RepoIndex } from "./repo-index.ts";

test("a snapshot that could not be written is written the next time, though nothing has changed since", async () => {
  await using disk = await openTestStorage();
  await disk.create("alice/act");
  const failures: unknown[] = [];
  const index = await RepoIndex.open(disk.storage, disk.root, (error) => failures.push(error));
  await index.repos(new AbortController().signal);
  const path = join(disk.root, "search", "snapshot.jsonl");
  await mkdir(join(path, "in the way"), { recursive: true });
  await index.close();
  expect(failures).toHaveLength(1);
  await rm(path, { recursive: true });
  await index.close();
  expect((await readFile(path, "utf8")).trimEnd().split("\n")).toHaveLength(2);
});
