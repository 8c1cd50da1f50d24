import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
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

const commitOf = async (oid: string) => git("rev-parse", `${oid}^{commit}`);

/** Makes tags, every other one annotated. */
async function makeTags(count: number): Promise<string[]> {
  git("tag", "-a", "annotated", "-m", "x", first);
  const annotated = git("rev-parse", "annotated");
  git("tag", "-d", "annotated");
  const names = Array.from({ length: count }, (_, index) => `v1.0.${index}`);
  for (const [index, name] of names.entries()) {
    await refs.compareAndSet("tags", name, undefined, index % 2 ? annotated : first);
  }
  return names.sort();
}

const looseTags = () => readdir(join(gitdir, "refs", "tags"));

test("many tags are packed into one file, which git reads, with the commits that they point at", async () => {
  const names = await makeTags(101);
  await refs.packTags(commitOf);
  expect(await looseTags()).toEqual([]);
  expect(git("for-each-ref", "--format=%(refname:short)").split("\n").sort()).toEqual(names);
  expect(git("rev-parse", "v1.0.1^{commit}")).toBe(first);
  expect(git("fsck", "--strict", "--no-dangling")).toBe("");
  const targets = await refs.targets("tags");
  expect([...targets.keys()]).toEqual(names);
  expect(new Set([...targets.values()].map(({ commit }) => commit))).toEqual(new Set([first]));
  expect(await refs.compareAndSet("tags", "v1.0.0", undefined, second)).toBe(false);
});

test("few tags stay as they are", async () => {
  await makeTags(100);
  await refs.packTags(commitOf);
  expect(await looseTags()).toHaveLength(100);
});

test("tags that were packed while a process died are packed once, and can be removed", async () => {
  const names = await makeTags(101);
  const oid = await refs.read("tags", "v1.0.7");
  await refs.packTags(commitOf);
  // It had written the pack, but not removed all files.
  await writeFile(join(gitdir, "refs", "tags", "v1.0.7"), `${oid}\n`);
  expect([...(await refs.list("tags")).keys()]).toEqual(names);
  await refs.remove("tags", "v1.0.7");
  expect(await refs.read("tags", "v1.0.7")).toBeUndefined();
  expect(git("tag", "--list", "v1.0.7")).toBe("");
});

test("while git packs refs, nothing is packed and nothing is lost", async () => {
  const names = await makeTags(101);
  await writeFile(join(gitdir, "packed-refs.lock"), "");
  await refs.packTags(commitOf);
  expect((await looseTags()).sort()).toEqual(names);
  await refs.removeLeftLocks();
  await refs.packTags(commitOf);
  expect(await looseTags()).toEqual([]);
});

test("what another process does to refs is seen, however soon after they were read", async () => {
  const seen: (string | undefined)[] = [];
  for (const oid of [first, second, first, second]) {
    git("update-ref", "refs/heads/moving", oid);
    git("update-ref", "refs/tags/d/moving", oid);
    seen.push((await refs.list("heads")).get("moving"), (await refs.list("tags")).get("d/moving"));
    if (oid === second) git("pack-refs", "--all");
    seen.push((await refs.list("heads")).get("moving"), await refs.read("tags", "d/moving"));
  }
  expect(seen).toEqual([first, second, first, second].flatMap((oid) => Array.from({ length: 4 }, () => oid)));
  git("update-ref", "-d", "refs/heads/moving");
  expect((await refs.list("heads")).has("moving")).toBe(false);
});

test("what was read long ago is read again when it changes", async () => {
  await refs.compareAndSet("heads", "main", undefined, first);
  const old = new Date(Date.now() - 10_000);
  await utimes(join(gitdir, "refs", "heads"), old, old);
  expect((await refs.list("heads")).get("main")).toBe(first);
  git("update-ref", "refs/heads/main", second);
  expect((await refs.list("heads")).get("main")).toBe(second);
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
