import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { initRepository } from "../init-repository.ts";
import { LooseObjects } from "./loose-objects.ts";

let folder: string;
let gitdir: string;
let objects: LooseObjects;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "loose-objects-"));
  gitdir = join(folder, "x.git");
  await initRepository(gitdir);
  objects = new LooseObjects(gitdir);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const git = (...args: string[]) => execFileSync("git", ["-C", gitdir, ...args], { stdio: "pipe" });
const noise = (length: number) => Buffer.from(new Uint8Array(length).map((_, index) => Math.imul(index, 40_503) >>> 3));

test.each([0, 1, 1_000, 31_000, 33_000, 3_000_000])(
  "%i bytes are the object that git makes of them",
  async (length) => {
    const bytes = noise(length);
    const oid = await objects.write("blob", bytes);
    expect(execFileSync("git", ["hash-object", "--stdin"], { input: bytes, encoding: "utf8" }).trim()).toBe(oid);
    expect(execFileSync("git", ["-C", gitdir, "cat-file", "blob", oid], { maxBuffer: 1e7 }).equals(bytes)).toBe(true);
    expect((await objects.read(oid))?.content.equals(bytes)).toBe(true);
    expect(await objects.size(oid)).toBe(length);
  },
);

test("an object is a file that nobody may write to, and no other is left", async () => {
  const oid = await objects.write("blob", Buffer.from("x"));
  expect((await stat(objects.path(oid))).mode & 0o777).toBe(0o444);
  expect(await readdir(join(gitdir, "objects", oid.slice(0, 2)))).toEqual([oid.slice(2)]);
});

test("many that write the same object at once write one", async () => {
  const oids = await Promise.all(Array.from({ length: 20 }, () => objects.write("blob", noise(100_000))));
  expect(new Set(oids).size).toBe(1);
  expect(git("fsck", "--strict", "--no-dangling").toString()).toBe("");
});

test("any part of an object can be streamed", async () => {
  const bytes = noise(200_000);
  const oid = await objects.write("blob", bytes);
  const end = fc.nat({ max: bytes.length - 1 });
  await fc.assert(
    fc.asyncProperty(end, end, async (a, b) => {
      const range = { start: Math.min(a, b), end: Math.max(a, b) };
      const stream = await objects.stream(oid, range);
      expect(stream && (await buffer(stream)).equals(bytes.subarray(range.start, range.end + 1))).toBe(true);
    }),
    { numRuns: 50 },
  );
  const whole = await objects.stream(oid);
  expect(whole && (await buffer(whole)).equals(bytes)).toBe(true);
});

test("a stream that is not read to its end leaves no file open", async () => {
  const oid = await objects.write("blob", noise(3_000_000));
  const openFiles = async () => (await readdir("/proc/self/fd")).length;
  const before = await openFiles();
  for (let count = 0; count < 20; count += 1) {
    const stream = await objects.stream(oid);
    for await (const _ of stream ?? []) break;
  }
  const unread = await objects.stream(oid);
  unread?.destroy();
  await expect.poll(openFiles, { timeout: 10_000 }).toBeLessThanOrEqual(before + 1);
});

test("what is not there is not read, sized or streamed", async () => {
  const oid = "0".repeat(40);
  expect([await objects.read(oid), await objects.size(oid), await objects.stream(oid)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("a repository that was moved away does not come back by what is written", async () => {
  await rm(gitdir, { recursive: true });
  await expect(objects.write("blob", Buffer.from("x"))).rejects.toMatchObject({ code: "ENOENT" });
  expect(await readdir(folder)).toEqual([]);
});
