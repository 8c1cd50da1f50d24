import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { filePathProblem } from "../../repo/file-path.ts";
import type { Change, RepoStore } from "../hub-storage.ts";
import { DiskStorage } from "./disk-storage.ts";

const author = { name: "alice", email: "alice@example.org" };
const key = { type: "space", namespace: "acme", name: "w" } as const;
let root: string;
let storage: DiskStorage;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "disk-storage-"));
  storage = await DiskStorage.open(root, { lockTimeoutMs: 10_000 });
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const create = (name = "w") =>
  storage.createRepo(
    { ...key, name, private: false, createdBy: "alice", files: new Map([["a", Buffer.from("A")]]) },
    author,
  );

const git = (...args: string[]) =>
  execFileSync("git", ["-C", join(root, "spaces/acme/w.git"), ...args], { encoding: "utf8", stdio: "pipe" });

async function commit(repo: RepoStore, changes: readonly (Change | [path: string, text: string])[], branch = "main") {
  const stored: Change[] = [];
  for (const change of changes) {
    if (!Array.isArray(change)) stored.push(change);
    else stored.push({ kind: "write", path: change[0], blob: await repo.writeBlob(Buffer.from(change[1])) });
  }
  return repo.makeCommit({ branch, changes: stored, title: "title", body: "", author });
}

async function paths(repo: RepoStore, options: { folder?: string; after?: string } = {}): Promise<string[]> {
  const { folder = "", ...rest } = options;
  const head = (await repo.resolve("HEAD")) ?? "";
  const entries = await collect(repo.entries(head, folder, { recursive: true, ...rest }));
  return entries.map(({ path }) => path);
}

test("a new repo has one commit, is clean for git and can be cloned", async () => {
  await create();
  expect(git("fsck", "--strict", "--no-dangling")).toBe("");
  expect(git("log", "--format=%an %s", "HEAD")).toBe("alice initial commit\n");
  execFileSync("git", ["clone", "-q", join(root, "spaces/acme/w.git"), join(root, "clone")], { stdio: "pipe" });
  expect(await readdir(join(root, "clone"))).toEqual([".git", "a"]);
});

test("a repo is made once, whatever the case of its name", async () => {
  await create();
  await expect(create()).rejects.toMatchObject({ code: "HUB_ALREADY_EXISTS" });
  await expect(create("W")).rejects.toMatchObject({ code: "HUB_ALREADY_EXISTS" });
});

test("of two that make the same repo at once, one does", async () => {
  const results = await Promise.allSettled([create(), create()]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("what a process left that died while it made a repo is not in the way", async () => {
  await mkdir(join(root, "spaces/acme/w.git/refs/heads"), { recursive: true });
  await writeFile(join(root, "spaces/acme/w.git/HEAD"), "garbage");
  expect(await storage.openRepo(key)).toBeUndefined();
  await create();
  expect(git("fsck", "--strict", "--no-dangling")).toBe("");
});

test("a repo that is deleted leaves nothing, and its objects are not in a new one of the name", async () => {
  const old = await create();
  const head = (await commit(old, [["b", "B"]])).oid;
  await storage.deleteRepo(key, { released: false });
  expect(await readdir(join(root, "spaces/acme"))).toEqual([]);
  expect(await readdir(join(root, ".trash"))).toEqual([]);
  const repo = await create();
  expect(await repo.resolve(head)).toBeUndefined();
});

test("a commit to a repo that was deleted and made again is refused", async () => {
  const old = await create();
  await storage.deleteRepo(key, { released: false });
  await create();
  await expect(commit(old, [])).rejects.toMatchObject({ code: "HUB_REPO_NOT_FOUND" });
});

async function leaveLock(): Promise<void> {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  await writeFile(join(root, "spaces/acme/w.lock"), JSON.stringify({ host: hostname(), pid, started: "", nonce: "n" }));
}

test("what a process left that died while it moved a branch is not in the way", async () => {
  const repo = await create();
  await leaveLock();
  await writeFile(join(root, "spaces/acme/w.git/refs/heads/main.lock"), "");
  await commit(repo, [["b", "B"]]);
  expect(await paths(repo)).toEqual(["a", "b"]);
  expect(await readdir(join(root, "spaces/acme"))).toEqual(["w.git"]);
});

test("files that were never finished are removed when they are old", async () => {
  const repo = await create();
  await leaveLock();
  await mkdir(join(root, "spaces/acme/w.git/objects/00"), { recursive: true });
  const left = ["w.git/objects/00/tmp_obj_1", "w.git/tmp_obj_2", "tmp_obj_3"].map((path) =>
    join(root, "spaces/acme", path),
  );
  const young = join(root, "spaces/acme/w.git/objects/00/tmp_obj_4");
  for (const path of [...left, young]) await writeFile(path, "");
  const old = new Date(Date.now() - 7_200_000);
  for (const path of left) await utimes(path, old, old);
  await commit(repo, [["b", "B"]]);
  expect([...left, young].map((path) => existsSync(path))).toEqual([false, false, false, true]);
});

test("a repo whose name begins like those of unfinished files is none of them", async () => {
  const repo = await create("tmp_obj_tool");
  await leaveLock();
  const gitdir = join(root, "spaces/acme/tmp_obj_tool.git");
  const old = new Date(Date.now() - 7_200_000);
  await utimes(gitdir, old, old);
  await DiskStorage.open(root);
  expect(existsSync(gitdir)).toBe(true);
  // What removes the leftovers of a dead process looks at the same folder.
  const other = await create();
  await leaveLock();
  await rm(join(root, "spaces/acme/w.git/hub-swept"), { force: true });
  await commit(other, [["b", "B"]]);
  expect(await repo.resolve("main")).toMatch(/^[0-9a-f]{40}$/);
});

test("a broken record is a failure, not a missing repo", async () => {
  await create();
  await writeFile(join(root, "spaces/acme/w.git/hub.json"), "{");
  await expect(storage.openRepo(key)).rejects.toMatchObject({ code: "HUB_STORAGE_BROKEN" });
});

test("folders come before what is in them, in git's order, and a list goes on after any path", async () => {
  const repo = await create();
  await commit(
    repo,
    ["b/x", "b/y/z", "b-a", "b.c", "c"].map((path) => [path, path]),
  );
  const all = ["a", "b-a", "b.c", "b", "b/x", "b/y", "b/y/z", "c"];
  expect(await paths(repo)).toEqual(all);
  for (const [index, after] of all.entries()) expect(await paths(repo, { after })).toEqual(all.slice(index + 1));
  expect(await paths(repo, { folder: "b", after: "b/x" })).toEqual(["b/y", "b/y/z"]);
});

test("in a large folder every file is found, and no other", async () => {
  const repo = await create();
  const names = Array.from({ length: 200 }, (_, i) => `f${i}`);
  const { oid } = await commit(
    repo,
    names.map((name): [string, string] => [`d/${name}`, name]),
  );
  const entries = await Promise.all(names.map((name) => repo.entry(oid, `d/${name}`)));
  expect(entries.map((entry) => entry?.path)).toEqual(names.map((name) => `d/${name}`));
  expect(await repo.entry(oid, "d/f200")).toBeUndefined();
  expect(await repo.entry(oid, "d/toString")).toBeUndefined();
});

test("steps of a commit are done in their order, and empty folders vanish", async () => {
  const repo = await create();
  await commit(repo, [
    ["d/e/f", "1"],
    { kind: "deleteFile", path: "a" },
    ["d/e/g", "2"],
    { kind: "deleteFile", path: "d/e/f" },
  ]);
  expect(await paths(repo)).toEqual(["d", "d/e", "d/e/g"]);
  await commit(repo, [{ kind: "deleteFolder", path: "d" }, ["d", "now a file"]]);
  expect(await paths(repo)).toEqual(["d"]);
  await commit(repo, [{ kind: "deleteFile", path: "d" }]);
  expect(await paths(repo)).toEqual([]);
  expect(git("fsck", "--strict", "--no-dangling")).toBe("");
});

test.each<[string, Change | [string, string], string]>([
  ["a file below a file", ["a/b", ""], "HUB_BAD_REQUEST"],
  ["a file where a folder is", ["dir", ""], "HUB_BAD_REQUEST"],
  ["deleting a file that is not there", { kind: "deleteFile", path: "x" }, "HUB_ENTRY_NOT_FOUND"],
  ["deleting a folder as a file", { kind: "deleteFile", path: "dir" }, "HUB_ENTRY_NOT_FOUND"],
  ["deleting a file as a folder", { kind: "deleteFolder", path: "a" }, "HUB_ENTRY_NOT_FOUND"],
  ["deleting below a file", { kind: "deleteFile", path: "a/b/c" }, "HUB_ENTRY_NOT_FOUND"],
])("%s is refused, and changes nothing", async (_, change, code) => {
  const repo = await create();
  const { oid } = await commit(repo, [["dir/file", ""]]);
  await expect(commit(repo, [["other", ""], change])).rejects.toMatchObject({ code });
  expect(await repo.resolve("main")).toBe(oid);
});

test("the last change of each path is found", async () => {
  const repo = await create();
  const first = await repo.resolve("main");
  const second = await commit(repo, [["d/x", "1"]]);
  const third = await commit(repo, [["d/y", "1"]]);
  const last = await repo.lastCommits(third.oid, ["a", "d", "d/x", "d/y", "missing"]);
  expect([...last].map(([path, { oid }]) => [path, oid])).toEqual([
    ["d", third.oid],
    ["d/y", third.oid],
    ["d/x", second.oid],
    ["a", first],
  ]);
});

test("a repo that git packed reads as before, and takes further commits", async () => {
  const repo = await create();
  await commit(repo, [["b", "B"]]);
  git("gc", "-q", "--prune=now");
  const packed = await storage.openRepo(key);
  const head = (await packed?.resolve("main")) ?? "";
  const entry = await packed?.entry(head, "b");
  expect(Buffer.from((await packed?.blob(entry?.oid ?? "")) ?? []).toString()).toBe("B");
  expect(await packed?.blobSize(entry?.oid ?? "")).toBe(1);
  await commit(repo, [["c", "C"]]);
  expect(git("rev-list", "--count", "main")).toBe("3\n");
});

test("the dates of commits never go back", async () => {
  const repo = await create();
  const head = (await repo.resolve("main")) ?? "";
  const future = Math.floor(Date.now() / 1000) + 10_000;
  const env = { ...process.env, GIT_COMMITTER_DATE: `${future} +0000`, GIT_AUTHOR_DATE: `${future} +0000` };
  const who = ["-c", "user.name=a", "-c", "user.email=a@b"];
  const args = ["-C", join(root, "spaces/acme/w.git"), ...who, "commit-tree", `${head}^{tree}`, "-p", head, "-m", "x"];
  git("update-ref", "refs/heads/main", execFileSync("git", args, { env, encoding: "utf8" }).trim());
  expect((await commit(repo, [["b", "B"]])).committedAt).toBe(future * 1000);
});

test("git accepts whatever files a commit may have", async () => {
  const repo = await create();
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 5 });
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join("/"));
  const clashFree = fc
    .uniqueArray(
      path.filter((text) => filePathProblem(text) === undefined),
      { minLength: 1, maxLength: 12 },
    )
    .filter((all) => !all.some((one) => all.some((other) => other.startsWith(`${one}/`))));
  await fc.assert(
    fc.asyncProperty(clashFree, async (files) => {
      await commit(repo, [...(await deletions(repo)), ...files.map((file): [string, string] => [file, file])]);
      const listed = git("ls-tree", "-r", "-z", "--name-only", "main").split("\0").slice(0, -1);
      expect(listed.sort()).toEqual(files.sort());
    }),
    { numRuns: 30 },
  );
  expect(git("fsck", "--strict", "--no-dangling")).toBe("");
});

async function deletions(repo: RepoStore): Promise<Change[]> {
  const head = (await repo.resolve("main")) ?? "";
  const entries = await collect(repo.entries(head, "", { recursive: true }));
  return entries.filter(({ type }) => type === "file").map(({ path }) => ({ kind: "deleteFile", path }));
}
