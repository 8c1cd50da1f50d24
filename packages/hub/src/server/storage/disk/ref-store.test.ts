import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RefStore } from "./ref-store.ts";

let gitdir: string;
let refs: RefStore;
let first: string;
let second: string;

function git(...args: string[]): string {
  const who = ["-c", "user.name=a", "-c", "user.email=a@b"];
  return execFileSync("git", ["-C", gitdir, ...who, ...args], { encoding: "utf8" }).trim();
}

beforeEach(async () => {
  gitdir = await mkdtemp(join(tmpdir(), "ref-store-"));
  git("init", "-q", "--bare", "-b", "main");
  const tree = git("hash-object", "-t", "tree", "-w", "/dev/null");
  first = git("commit-tree", tree, "-m", "first");
  second = git("commit-tree", tree, "-m", "second");
  refs = new RefStore(gitdir);
});
afterEach(() => rm(gitdir, { recursive: true, force: true }));

test("a ref that is made is what git reads", async () => {
  expect(await refs.compareAndSet("heads", "feat/x", undefined, first)).toBe(true);
  expect(git("rev-parse", "refs/heads/feat/x")).toBe(first);
  expect(await refs.read("heads", "feat/x")).toBe(first);
});

test("a ref is moved only from where it is thought to be", async () => {
  await refs.compareAndSet("heads", "main", undefined, first);
  expect(await refs.compareAndSet("heads", "main", second, second)).toBe(false);
  expect(await refs.compareAndSet("heads", "main", undefined, second)).toBe(false);
  expect(await refs.compareAndSet("heads", "main", first, second)).toBe(true);
  expect(await refs.list("heads")).toEqual(new Map([["main", second]]));
  expect(await readdir(join(gitdir, "refs", "heads"))).toEqual(["main"]);
});

test("refs that git packed are read, moved and removed", async () => {
  git("update-ref", "refs/heads/main", first);
  git("tag", "-a", "v1", "-m", "one", first);
  git("tag", "-a", "v2", "-m", "two", first);
  git("pack-refs", "--all");
  const tags = [...(await refs.list("tags")).keys()];
  expect(tags).toEqual(["v1", "v2"]);
  expect(await refs.compareAndSet("heads", "main", first, second)).toBe(true);
  await refs.remove("tags", "v1");
  expect([...(await refs.list("tags")).keys()]).toEqual(["v2"]);
  expect(git("for-each-ref", "--format=%(refname) %(*objectname)")).toBe(`refs/heads/main \nrefs/tags/v2 ${first}`);
});

test("a folder that is left empty does not stand in the way", async () => {
  await refs.compareAndSet("heads", "a/b/c", undefined, first);
  await refs.remove("heads", "a/b/c");
  expect(await refs.compareAndSet("heads", "a", undefined, first)).toBe(true);
});

test("a ref that another process works on is busy", async () => {
  await writeFile(join(gitdir, "refs", "heads", "main.lock"), "");
  await expect(refs.compareAndSet("heads", "main", undefined, first)).rejects.toMatchObject({ code: "HUB_BUSY" });
  expect(await refs.list("heads")).toEqual(new Map());
});

test("locks that a dead process left are removed", async () => {
  await refs.compareAndSet("heads", "main", undefined, first);
  await writeFile(join(gitdir, "refs", "heads", "main.lock"), second);
  await refs.removeLeftLocks();
  expect(await refs.compareAndSet("heads", "main", first, second)).toBe(true);
});

test.each(["../../HEAD", "..", "", "main.lock", "a\0"])("%j is no ref, wherever it would lead", async (name) => {
  expect(await refs.read("heads", name)).toBeUndefined();
});

test("a folder of refs is no ref", async () => {
  await refs.compareAndSet("heads", "a/b", undefined, first);
  expect(await refs.read("heads", "a")).toBeUndefined();
});
