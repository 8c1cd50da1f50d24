import { existsSync, readFileSync, readlinkSync } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  author,
  openTestStorage,
  release,
  type TestStorage,
  writeFileTo,
  writeLfsFileTo,
} from "./test-support/test-storage.ts";

// What was not flushed to the disk is lost when the power fails. A process that is killed loses nothing of it, so here
// it is the order that is looked at: what was flushed before a ref moved, and what after.

let hub: TestStorage;
let mainFile: string;
/** Flushed files and folders, in their order; `MOVED` stands where the branch was seen at another commit. */
let flushed: string[];

beforeEach(async () => {
  hub = await openTestStorage();
  await hub.create("acme/w");
  mainFile = join(hub.root, "spaces/acme/w.git/refs/heads/main");
  flushed = [];
  await using file = await open(import.meta.filename);
  let at = head();
  vi.spyOn(Object.getPrototypeOf(file), "sync").mockImplementation(async function (this: { fd: number }) {
    if (at !== head()) flushed.push("MOVED");
    at = head();
    flushed.push(readlinkSync(`/proc/self/fd/${this.fd}`).replace(`${hub.root}/`, ""));
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await hub[Symbol.asyncDispose]();
});

const head = () => (existsSync(mainFile) ? readFileSync(mainFile, "utf8") : "");

async function openRepo() {
  const repo = await hub.storage.openRepo({ type: "space", namespace: "acme", name: "w" });
  if (!repo) throw new Error("The repo is gone.");
  return repo;
}

/** The loose objects that the repo has. */
async function objectFiles(): Promise<string[]> {
  const folder = "spaces/acme/w.git/objects";
  const names = await readdir(join(hub.root, folder), { recursive: true });
  return names.filter((name) => /^..\/.{38}$/.test(name)).map((name) => join(folder, name));
}

test("a commit flushes its objects and their folders before the branch moves, and the branch's folder after", async () => {
  const before = new Set(await objectFiles());
  await writeFileTo(await openRepo(), "d/b", "B");
  const written = (await objectFiles()).filter((path) => !before.has(path));
  expect(written).toHaveLength(4);
  const moved = flushed.indexOf("MOVED");
  const early = flushed.slice(0, moved);
  expect(early).toEqual(expect.arrayContaining(written.map((path) => dirname(path))));
  expect(early.filter((path) => /objects\/..\/tmp_obj_/.test(path))).toHaveLength(written.length);
  expect(early).toContain("spaces/acme/w.git/refs/heads/main.lock");
  expect(flushed.slice(moved)).toContain("spaces/acme/w.git/refs/heads");
});

test("an object that was there already has its folder flushed too: its writer may not have come so far", async () => {
  const repo = await openRepo();
  const blob = await repo.writeBlob(Buffer.from("shared"));
  const other = await openRepo();
  await other.writeBlob(Buffer.from("shared"));
  flushed = [];
  await other.makeCommit({
    branch: "main",
    changes: [{ kind: "write", path: "x", blob }],
    title: "x",
    body: "",
    author,
  });
  expect(flushed.slice(0, flushed.indexOf("MOVED"))).toContain(`spaces/acme/w.git/objects/${blob.slice(0, 2)}`);
});

test("a Git LFS file and its folders are flushed before the branch moves", async () => {
  const bytes = Buffer.from("large");
  const oid = createHash("sha256").update(bytes).digest("hex");
  await writeLfsFileTo(await openRepo(), "large.bin", oid, bytes);
  const early = flushed.slice(0, flushed.indexOf("MOVED"));
  const folder = `spaces/acme/w.git/lfs/objects/${oid.slice(0, 2)}`;
  expect(early.some((path) => /lfs\/uploads\/tmp_obj_/.test(path))).toBe(true);
  expect(early).toEqual(expect.arrayContaining(["spaces/acme/w.git", folder, `${folder}/${oid.slice(2, 4)}`]));
});

test("a version is flushed to the release log, whose folder is flushed when it is new, before the tag is made", async () => {
  await release(await openRepo(), "v1.0.0");
  const tag = flushed.indexOf("spaces/acme/w.git/refs/tags/v1.0.0.lock");
  expect(flushed.slice(0, tag)).toEqual(expect.arrayContaining(["releases.jsonl", hub.root]));
  expect(flushed.slice(tag)).toContain("spaces/acme/w.git/refs/tags");
});

test("a new repo is flushed before it appears", async () => {
  await hub.create("other/new");
  const unfinished = flushed
    .filter((path) => path.startsWith(".new/"))
    .map((path) => path.replace(/^\.new\/[^/]+\/?/, ""));
  expect(unfinished).toEqual(expect.arrayContaining(["", "HEAD", "config", "refs", "refs/heads", "objects"]));
  expect(flushed.at(-1)).toBe("spaces/other");
});
