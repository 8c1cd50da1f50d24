import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ChangeJournal } from "./change-journal.ts";

let root: string;
let path: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "hub-journal-"));
  path = join(root, "search", "changes.jsonl");
});
afterEach(() => rm(root, { recursive: true, force: true }));

test("what one writes, the others read, each line once, and not their own", async () => {
  const [here, there] = [new ChangeJournal(path), new ChangeJournal(path)];
  expect(await there.news()).toEqual([]);
  await here.note("spaces/acme/a");
  await there.note("spaces/acme/b");
  await here.note("spaces/acme/c");
  expect(await there.news()).toEqual(["spaces/acme/a", "spaces/acme/c"]);
  expect(await there.news()).toEqual([]);
  expect(await here.news()).toEqual(["spaces/acme/b"]);
});

test("a later reader goes on where an earlier one ended", async () => {
  const writer = new ChangeJournal(path);
  await writer.note("a");
  const first = new ChangeJournal(path);
  await first.news();
  await writer.note("b");
  expect(await new ChangeJournal(path, first.position).news()).toEqual(["b"]);
});

test("a line that is not finished is read when it is", async () => {
  const reader = new ChangeJournal(path);
  await new ChangeJournal(path).note("a");
  await appendFile(path, '{"repo":"b",');
  expect(await reader.news()).toEqual(["a"]);
  await appendFile(path, '"by":"x"}\n');
  expect(await reader.news()).toEqual(["b"]);
});

test("lines that are none are passed over", async () => {
  const reader = new ChangeJournal(path);
  await new ChangeJournal(path).note("a");
  await appendFile(path, 'null\n{}\nnonsense\n{"repo":1,"by":"x"}\n');
  expect(await reader.news()).toEqual(["a"]);
});

test("a journal that was begun anew is noticed", async () => {
  const reader = new ChangeJournal(path);
  const writer = new ChangeJournal(path);
  await writer.note("a");
  await reader.news();
  await writeFile(path, `${JSON.stringify({ repo: "x".repeat(2_000_000), by: "x" })}\n`);
  await writer.trim();
  await writer.note("b");
  expect(await reader.news()).toBeUndefined();
  await writer.note("c");
  expect(await reader.news()).toEqual(["c"]);
});
