import { mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { verifyReleaseLog } from "../../releases/verify-release-log.ts";
import { openTestStorage, release, space, type TestStorage, writeFileTo } from "./test-support/test-storage.ts";
import { verifyStorage } from "./verify-storage.ts";

let hub: TestStorage;
beforeEach(async () => {
  hub = await openTestStorage();
});
afterEach(() => hub[Symbol.asyncDispose]());

const move = (from: string, to: string, released = true) => hub.storage.moveRepo(space(from), space(to), { released });

/** What the release log says, as `repo@tag`. */
async function logged(): Promise<string[]> {
  const { entries } = await hub.storage.releases(0, 100);
  verifyReleaseLog(entries);
  return entries.map(({ repo, tag }) => `${repo}@${tag}`);
}

test("a repo that is moved has its id, its history and its versions under the new name only", async () => {
  const old = await hub.create("acme/old");
  const commit = await release(old, "v1.0.0");
  const record = await move("acme/old", "acme/new");
  expect(record).toEqual({ ...old.record, name: "new" });
  expect(await hub.storage.openRepo(space("acme/old"))).toBeUndefined();
  const moved = await hub.storage.openRepo(space("acme/new"));
  expect(moved?.record).toEqual(record);
  expect(await moved?.resolve("v1.0.0")).toBe(commit);
  expect(await readdir(join(hub.root, "spaces/acme"))).toEqual(["new.git"]);
  expect(hub.git("acme/new", "fsck", "--strict", "--no-dangling")).toBe("");
});

test("a repo can be moved to a namespace that has none yet", async () => {
  await hub.create("acme/w");
  expect((await move("acme/w", "other/w")).namespace).toBe("other");
});

test("the release log has the versions under both names, and the versions of the old one stay used", async () => {
  await release(await hub.create("acme/old"), "v1.0.0");
  await move("acme/old", "acme/new");
  expect(await logged()).toEqual(["spaces/acme/old@v1.0.0", "spaces/acme/new@v1.0.0"]);
  const again = await hub.create("acme/old");
  await writeFileTo(again, "b", "another commit");
  await expect(release(again, "v1.0.0")).rejects.toMatchObject({ code: "HUB_RELEASE_IMMUTABLE" });
  expect((await verifyStorage(hub.root)).problems).toEqual([]);
});

test("a repo is not moved to a name under which one of its versions was released as another commit", async () => {
  await release(await hub.create("acme/first"), "v1.0.0");
  await hub.storage.deleteRepo(space("acme/first"), { released: true });
  const second = await hub.create("acme/second");
  await writeFileTo(second, "b", "B");
  await release(second, "v1.0.0");
  await expect(move("acme/second", "acme/first")).rejects.toMatchObject({ code: "HUB_RELEASE_IMMUTABLE" });
  expect(await hub.storage.openRepo(space("acme/second"))).toBeDefined();
});

test("a repo with versions is moved only where that is said", async () => {
  const repo = await hub.create("acme/old");
  await writeFileTo(repo, "b", "B");
  await release(repo, "v1.0.0");
  await expect(move("acme/old", "acme/new", false)).rejects.toMatchObject({ code: "HUB_RELEASE_IMMUTABLE" });
});

test.each([
  ["one that does not exist", "acme/missing", "acme/new", "HUB_REPO_NOT_FOUND"],
  ["a name that is taken", "acme/one", "acme/two", "HUB_ALREADY_EXISTS"],
  ["a name that is taken but for its case", "acme/one", "acme/TWO", "HUB_ALREADY_EXISTS"],
  ["its own name in other case", "acme/one", "acme/ONE", "HUB_BAD_REQUEST"],
  ["its own name", "acme/one", "acme/one", "HUB_BAD_REQUEST"],
  ["a name that cannot be", "acme/one", "acme/x..y", "HUB_BAD_REQUEST"],
])("moving %s is refused and changes nothing", async (_, from, to, code) => {
  await hub.create("acme/one");
  await hub.create("acme/two");
  await expect(move(from, to)).rejects.toMatchObject({ code });
  expect(await readdir(join(hub.root, "spaces/acme"))).toEqual(["one.git", "two.git"]);
});

test("of two that move one repo at once, one does; of two that swap names, neither waits for ever", async () => {
  await hub.create("acme/one");
  const both = await Promise.allSettled([move("acme/one", "acme/a"), move("acme/one", "acme/b")]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await hub.create("acme/x");
  await hub.create("acme/y");
  const swapped = await Promise.allSettled([move("acme/x", "acme/y"), move("acme/y", "acme/x")]);
  expect(swapped.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});

test("a commit that was begun before its repo was moved is refused, and leaves nothing at the old name", async () => {
  const repo = await hub.create("acme/old");
  await move("acme/old", "acme/new");
  await expect(writeFileTo(repo, "b", "B")).rejects.toMatchObject({ code: "HUB_REPO_NOT_FOUND" });
  expect(await readdir(join(hub.root, "spaces/acme"))).toEqual(["new.git"]);
});

test("a process that dies while it moves a repo leaves it at the old name or at the new one", async () => {
  const repo = await hub.create("acme/old");
  const commit = await release(repo, "v1.0.0");
  // All steps but the last: the record inside still has the old name.
  await rename(join(hub.root, "spaces/acme/old.git"), join(hub.root, "spaces/acme/new.git"));
  const moved = await hub.storage.openRepo(space("acme/new"));
  expect(moved?.record).toMatchObject({ id: repo.record.id, namespace: "acme", name: "new" });
  expect(await moved?.resolve("v1.0.0")).toBe(commit);
  expect((await hub.storage.listRepos("space")).map(({ record }) => record.name)).toEqual(["new"]);
});

test("what is at the new name but is no repo is in nobody's way", async () => {
  await hub.create("acme/old");
  await mkdir(join(hub.root, "spaces/acme/new.git/objects"), { recursive: true });
  await writeFile(join(hub.root, "spaces/acme/new.git/HEAD"), "garbage");
  await move("acme/old", "acme/new");
  expect(hub.git("acme/new", "fsck", "--strict", "--no-dangling")).toBe("");
});

test("with its visibility the name changes under which everybody sees a repo's versions", async () => {
  const repo = await hub.create("acme/w", { private: true });
  await release(repo, "v1.0.0");
  const record = await hub.storage.updateRepo(space("acme/w"), { private: false });
  expect(record).toEqual({ ...repo.record, private: false });
  expect((await hub.storage.openRepo(space("acme/w")))?.record).toEqual(record);
  expect(await logged()).toEqual([`private/${repo.record.id}@v1.0.0`, "spaces/acme/w@v1.0.0"]);
  await hub.storage.updateRepo(space("acme/w"), { private: true });
  await hub.storage.updateRepo(space("acme/w"), { private: false });
  expect(await logged()).toHaveLength(2);
});

test("a version that is released while the visibility changes has the name that holds then", async () => {
  const repo = await hub.create("acme/w", { private: true });
  const commit = (await repo.resolve("main")) ?? "";
  await hub.storage.updateRepo(space("acme/w"), { private: false });
  // The repo was opened when it was private.
  await release(repo, "v1.0.0");
  expect((await hub.storage.releases(0, 10)).entries).toEqual([
    expect.objectContaining({ repo: "spaces/acme/w", tag: "v1.0.0", commit }),
  ]);
});

test("settings of a repo that does not exist cannot be changed", async () => {
  const changed = hub.storage.updateRepo(space("acme/w"), { private: true });
  await expect(changed).rejects.toMatchObject({ code: "HUB_REPO_NOT_FOUND" });
});
