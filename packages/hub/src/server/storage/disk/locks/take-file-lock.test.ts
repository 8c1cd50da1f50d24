import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeFileLock } from "./take-file-lock.ts";
import { ownIdentity } from "../../../../shared/process-identity.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "file-lock-"));
  path = join(folder, "x.lock");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The id of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}

test("only one holds the lock at a time, and the file is gone afterwards", async () => {
  let holders = 0;
  const tasks = Array.from({ length: 10 }, async () => {
    await using _lock = await takeFileLock(path, { timeoutMs: 10_000 });
    holders += 1;
    expect(holders).toBe(1);
    await readdir(folder);
    holders -= 1;
  });
  await Promise.all(tasks);
  expect(await readdir(folder)).toEqual([]);
});

test("a lock that is held cannot be had in time", async () => {
  await using _lock = await takeFileLock(path, { timeoutMs: 10_000 });
  await expect(takeFileLock(path, { timeoutMs: 1 })).rejects.toMatchObject({ code: "HUB_BUSY" });
});

test("waiting can be given up", async () => {
  await using _lock = await takeFileLock(path, { timeoutMs: 10_000 });
  const controller = new AbortController();
  const waiting = takeFileLock(path, { timeoutMs: 60_000, signal: controller.signal });
  controller.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
});

test("a lock of a process that died is mended and taken", async () => {
  await writeFile(path, JSON.stringify({ host: hostname(), pid: deadPid(), started: "", nonce: "n" }));
  const recovered: boolean[] = [];
  const recover = async () => void recovered.push(existsSync(path));
  await using _lock = await takeFileLock(path, { timeoutMs: 10_000, recover });
  expect(recovered).toEqual([true]);
});

test("a process id that is used again does not keep a lock alive", async () => {
  const own = await ownIdentity();
  await writeFile(path, JSON.stringify({ ...own, started: "another boot:1", nonce: "n" }));
  await using _lock = await takeFileLock(path, { timeoutMs: 10_000 });
  expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject(own);
});

test("of many who find a dead lock, one mends it and all get their turn", async () => {
  await writeFile(path, JSON.stringify({ host: hostname(), pid: deadPid(), started: "", nonce: "n" }));
  let mended = 0;
  let turns = 0;
  const tasks = Array.from({ length: 8 }, async () => {
    const recover = async () => void (mended += 1);
    await using _lock = await takeFileLock(path, { timeoutMs: 10_000, recover });
    turns += 1;
  });
  await Promise.all(tasks);
  expect([mended, turns]).toEqual([1, 8]);
});

test("processes that die one after another while they remove a dead lock are in nobody's way", async () => {
  const dead = (nonce: string) => JSON.stringify({ host: hostname(), pid: deadPid(), started: "", nonce });
  await writeFile(path, dead("one"));
  await writeFile(`${path}.breakone`, dead("two"));
  await writeFile(`${path}.breaktwo`, dead("three"));
  await using _lock = await takeFileLock(path, { timeoutMs: 5_000 });
  expect(await readdir(folder)).toEqual(["x.lock"]);
});

test("while a process that runs removes a dead lock, others wait for it", async () => {
  await writeFile(path, JSON.stringify({ host: hostname(), pid: deadPid(), started: "", nonce: "one" }));
  await writeFile(`${path}.breakone`, JSON.stringify({ ...(await ownIdentity()), nonce: "two" }));
  await expect(takeFileLock(path, { timeoutMs: 50 })).rejects.toMatchObject({ code: "HUB_BUSY" });
});

test.each(["", "{", '{"pid":1}', JSON.stringify({ host: "elsewhere", pid: 1, started: "", nonce: "n" })])(
  "a lock %j, whose owner cannot be asked, is taken when it is old, not before",
  async (content) => {
    await writeFile(path, content);
    await expect(takeFileLock(path, { timeoutMs: 1 })).rejects.toMatchObject({ code: "HUB_BUSY" });
    const old = new Date(Date.now() - 600_000);
    await utimes(path, old, old);
    await using _lock = await takeFileLock(path, { timeoutMs: 10_000 });
  },
);

test("giving back a lock that was taken over leaves the new one alone", async () => {
  const lock = await takeFileLock(path, { timeoutMs: 10_000 });
  await writeFile(path, JSON.stringify({ ...(await ownIdentity()), nonce: "another" }));
  await lock[Symbol.asyncDispose]();
  expect(await readdir(folder)).toEqual(["x.lock"]);
});
