import { afterEach, beforeEach, expect, test } from "vitest";
import type { RepoStore } from "../../hub-storage.ts";
import { author, openTestStorage, type TestStorage, writeFileTo } from "../test-support/test-storage.ts";

let hub: TestStorage;
let repo: RepoStore;
beforeEach(async () => {
  hub = await openTestStorage();
  repo = await hub.create("acme/w");
});
afterEach(() => hub[Symbol.asyncDispose]());

async function head(): Promise<string> {
  return (await repo.resolve("main")) ?? "";
}

/** Makes a merge of two lines of commits, as git can. */
async function merge(): Promise<void> {
  const who = ["-c", "user.name=a", "-c", "user.email=a@b"];
  const commit = (...parents: string[]) =>
    hub.git("acme/w", ...who, "commit-tree", "main^{tree}", "-m", "x", ...parents.flatMap((oid) => ["-p", oid]));
  const start = await head();
  const [left, right] = [commit(start), commit(commit(start))];
  hub.git("acme/w", "update-ref", "refs/heads/main", commit(left, right));
}

test("commits are counted as git counts them, again after more, and after a merge", async () => {
  const count = () => Number(hub.git("acme/w", "rev-list", "--count", "main"));
  expect(await repo.historyLength(await head())).toBe(1);
  for (let index = 0; index < 5; index += 1) await writeFileTo(repo, "n", `${index}`);
  expect(await repo.historyLength(await head())).toBe(count());
  await writeFileTo(repo, "n", "more");
  expect(await repo.historyLength(await head())).toBe(count());
  await merge();
  expect(await repo.historyLength(await head())).toBe(count());
  await writeFileTo(repo, "n", "after the merge");
  expect(await repo.historyLength(await head())).toBe(count());
});

test("the last changes are the same when they were asked for before", async () => {
  const first = await writeFileTo(repo, "x", "1");
  const oids = async () => {
    const last = await repo.lastCommits(await head(), ["a", "x", "y"]);
    return Object.fromEntries([...last].map(([path, { oid }]) => [path, oid]));
  };
  expect((await oids())["x"]).toBe(first.oid);
  const second = await writeFileTo(repo, "y", "1");
  expect(await oids()).toMatchObject({ x: first.oid, y: second.oid });
  const third = await writeFileTo(repo, "x", "2");
  expect(await oids()).toMatchObject({ x: third.oid, y: second.oid });
  // Back to what it was: a change all the same.
  const fourth = await writeFileTo(repo, "x", "1");
  expect(await oids()).toMatchObject({ x: fourth.oid });
});

test("a file that was deleted and made again was last changed then", async () => {
  await writeFileTo(repo, "x", "1");
  const change = { kind: "deleteFile", path: "x" } as const;
  await repo.makeCommit({ branch: "main", changes: [change], title: "x", body: "", author });
  const again = await writeFileTo(repo, "x", "1");
  expect((await repo.lastCommits(again.oid, ["x"])).get("x")?.oid).toBe(again.oid);
});
