import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RepoStore } from "../hub-storage.ts";
import {
  author,
  openTestStorage,
  release,
  space,
  type TestStorage,
  writeFileTo,
  writeLfsFileTo,
} from "./test-support/test-storage.ts";

let hub: TestStorage;
let repo: RepoStore;
const large = Buffer.from("large");
const oid = createHash("sha256").update(large).digest("hex");

beforeEach(async () => {
  hub = await openTestStorage();
  repo = await hub.create("acme/w");
  await writeFileTo(repo, "d/b", "B");
  await writeLfsFileTo(repo, "large.bin", oid, large);
  await release(repo, "v1.0.0");
});
afterEach(() => hub[Symbol.asyncDispose]());

const duplicate = () =>
  hub.storage.duplicateRepo(space("acme/w"), { ...space("bob/copy"), private: true, createdBy: "bob" }, author);
const tree = (id: string) => hub.git(id, "ls-tree", "-r", "main");

test("a duplicate has the files of a repo, in one commit, and none of its versions", async () => {
  const record = await duplicate();
  expect(record).toMatchObject({ namespace: "bob", name: "copy", private: true, createdBy: "bob" });
  expect(tree("bob/copy")).toBe(tree("acme/w"));
  expect(hub.git("bob/copy", "log", "--format=%s", "main")).toBe("Duplicate from acme/w");
  expect(hub.git("bob/copy", "tag")).toBe("");
  expect(hub.git("bob/copy", "fsck", "--strict", "--no-dangling")).toBe("");
});

test("a duplicate keeps its files when the first repo is deleted", async () => {
  await duplicate();
  await hub.storage.deleteRepo(space("acme/w"), { released: true });
  const copy = await hub.storage.openRepo(space("bob/copy"));
  expect(await copy?.lfs.committedSize(oid)).toBe(large.length);
  const path = join("lfs/objects", oid.slice(0, 2), oid.slice(2, 4), oid);
  expect(await readFile(join(copy?.gitdir ?? "", path), "utf8")).toBe("large");
});

test("a repo that git packed can be duplicated", async () => {
  hub.git("acme/w", "gc", "-q", "--prune=now");
  await duplicate();
  expect(tree("bob/copy")).toBe(tree("acme/w"));
});

test("a duplicate of what does not exist, or to a name that is taken, is refused", async () => {
  const to = { ...space("bob/copy"), private: false, createdBy: "bob" };
  const missing = hub.storage.duplicateRepo(space("acme/missing"), to, author);
  await expect(missing).rejects.toMatchObject({ code: "HUB_REPO_NOT_FOUND" });
  await duplicate();
  await expect(duplicate()).rejects.toMatchObject({ code: "HUB_ALREADY_EXISTS" });
});

test("a branch that is squashed has one commit with its files, and its versions stay", async () => {
  const [files, version] = [tree("acme/w"), hub.git("acme/w", "rev-parse", "v1.0.0^{commit}")];
  const commit = await repo.squash({ branch: "main", title: "All in one", body: "Why", author });
  expect(hub.git("acme/w", "log", "--format=%H %s", "main")).toBe(`${commit.oid} All in one`);
  expect(tree("acme/w")).toBe(files);
  expect(await repo.resolve("v1.0.0")).toBe(version);
  expect(hub.git("acme/w", "fsck", "--strict", "--no-dangling")).toBe("");
});

test("a branch that does not exist, and a tag, are not squashed", async () => {
  for (const [branch, code] of [
    ["missing", "HUB_REVISION_NOT_FOUND"],
    ["v1.0.0", "HUB_BAD_REQUEST"],
  ] as const) {
    await expect(repo.squash({ branch, title: "x", body: "", author })).rejects.toMatchObject({ code });
  }
});
