import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { AuditEntry } from "./audit-entry.ts";
import { AuditLog } from "./audit-log.ts";

let root: string;
let failures: unknown[];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "hub-audit-"));
  failures = [];
});
afterEach(() => rm(root, { recursive: true, force: true }));

const entry = (action: string): AuditEntry => ({
  at: "2026-11-21T00:00:00.000Z",
  action,
  user: "alice",
  from: "10.0.0.1",
  result: "ok",
});
const makeLog = (limits?: { maxFileBytes: number; keptFiles: number }) =>
  new AuditLog(root, (error) => failures.push(error), limits);
const lines = async (name = "audit.jsonl") => {
  const text = await readFile(join(root, "audit", name), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).action);
};

test("lines are added in their order, to what was there before", async () => {
  const first = makeLog();
  for (const action of ["a", "b"]) first.write(entry(action));
  await first.flush();
  const second = makeLog();
  second.write(entry("c"));
  await second.flush();
  expect(await lines()).toEqual(["a", "b", "c"]);
  expect((await stat(join(root, "audit", "audit.jsonl"))).mode & 0o077).toBe(0);
});

test("two processes that write at once lose nothing", async () => {
  const logs = [makeLog(), makeLog()];
  for (let n = 0; n < 200; n++) logs[n % 2]?.write(entry(`${n}`));
  await Promise.all(logs.map((log) => log.flush()));
  expect((await lines()).sort()).toEqual(Array.from({ length: 200 }, (_, n) => `${n}`).sort());
});

test("a large file is put aside, and only some of those are kept", async () => {
  const log = makeLog({ maxFileBytes: 500, keptFiles: 2 });
  for (let n = 0; n < 40; n++) {
    log.write(entry(`${n}`));
    await log.flush();
  }
  const names = (await readdir(join(root, "audit"))).sort();
  const aside = names.filter((name) => name !== "audit.jsonl");
  expect(aside).toHaveLength(2);
  const kept = [
    ...(await Promise.all(aside.map(lines))).flat(),
    ...(names.includes("audit.jsonl") ? await lines() : []),
  ];
  expect(kept).toEqual(kept.map((_, index) => `${40 - kept.length + index}`));
  expect(failures).toEqual([]);
});

test("a text with a line end stays one line", async () => {
  const log = makeLog();
  log.write({ ...entry("a"), error: 'one\ntwo "three"' });
  await log.flush();
  expect(await lines()).toEqual(["a"]);
});

test("what cannot be written is told, and later lines are tried again", async () => {
  await writeFile(join(root, "audit"), "a file, where a folder should be");
  const log = makeLog();
  log.write(entry("a"));
  await log.flush();
  expect(failures).toHaveLength(1);
  await rm(join(root, "audit"));
  log.write(entry("b"));
  await log.flush();
  expect(await lines()).toEqual(["b"]);
});
