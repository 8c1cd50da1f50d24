import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exclusively } from "./exclusively.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "exclusively-"));
  path = join(folder, "x.lock");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Reads a number from the file and writes the next one: two at once would lose one. */
async function count(): Promise<void> {
  const text = await readFile(path, "utf8").catch(() => "0");
  await writeFile(path, String(Number(text) + 1));
}

/** A guard that a process has left behind. */
function guardOf(owner: object): string {
  return JSON.stringify({ host: hostname(), started: "", nonce: "n", ...owner });
}

const dead = () => guardOf({ pid: spawnSync(process.execPath, ["-e", ""]).pid });

test("work on one file happens one after another, and leaves no guard", async () => {
  await Promise.all(Array.from({ length: 20 }, () => exclusively(path, count)));
  expect(await readFile(path, "utf8")).toBe("20");
  expect(await readdir(folder)).toEqual(["x.lock"]);
});

test("work that fails lets the next one through", async () => {
  await expect(exclusively(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await exclusively(path, count);
  expect(await readdir(folder)).toEqual(["x.lock"]);
});

test("the guard of a process that died is removed at once", async () => {
  await writeFile(`${path}.guard`, dead());
  const begin = performance.now();
  await exclusively(path, count);
  expect(performance.now() - begin).toBeLessThan(5000);
  expect(await readdir(folder)).toEqual(["x.lock"]);
});

test("so is one whose removal was begun by a process that died too", async () => {
  await writeFile(`${path}.guard`, dead());
  await mkdir(`${path}.guard.removing`);
  await exclusively(path, count);
  expect(await readdir(folder)).toEqual(["x.lock"]);
});

test.each(["", "{", '{"pid":"1"}', guardOf({ host: "elsewhere.invalid", pid: 1 })])(
  "the guard %j, whose owner cannot be asked, is left alone as long as it may be at work",
  async (content) => {
    await writeFile(`${path}.guard`, content);
    const work = exclusively(path, count);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await readdir(folder)).toEqual(["x.lock.guard"]);
    await rm(`${path}.guard`);
    await work;
  },
);

test("several processes that are killed in the middle of it lose nothing and stop nobody", async () => {
  const child = fileURLToPath(new URL("test-support/count-child.ts", import.meta.url));
  const children = Array.from({ length: 4 }, () => fork(child, [path]));
  const exits = children.map((each) => Promise.all([once(each, "exit"), once(each, "disconnect")]));
  const told = new Set<number>();
  for (const each of children) each.on("message", (value) => told.add(Number(value)));
  await Promise.all(children.map((each) => once(each, "message")));
  for (const each of children.slice(0, 3)) each.kill("SIGKILL");
  await Promise.all(exits.slice(0, 3));
  const before = told.size;
  await expect.poll(() => told.size, { timeout: 10_000 }).toBeGreaterThan(before + 5);
  children.at(-1)?.kill("SIGKILL");
  await exits.at(-1);
  const begin = performance.now();
  await exclusively(path, count);
  expect(performance.now() - begin).toBeLessThan(5000);
  const last = Number(await readFile(path, "utf8"));
  // Every number was told by one process alone; of each that was killed, the last one may have been written and not told.
  expect(last).toBeGreaterThanOrEqual(told.size + 1);
  expect(last).toBeLessThanOrEqual(told.size + 1 + children.length);
});
