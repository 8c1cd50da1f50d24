import { expect, test, vi } from "vitest";
import { openTestStorage } from "../storage/disk/test-support/test-storage.ts";
import { splitRevision } from "./split-revision.ts";

test("a revision ends where a branch, a tag or a commit id ends", async () => {
  await using hub = await openTestStorage();
  const repo = await hub.create("acme/w");
  const commit = (await repo.resolve("main")) ?? "";
  await repo.createBranch({ name: "feat/x", commit, overwrite: false, author: { name: "a", email: "a@b" } });
  expect(await splitRevision(repo, ["feat", "x", "src", "a"])).toEqual({ revision: "feat/x", commit, path: "src/a" });
  expect(await splitRevision(repo, ["feat/x", "src"])).toEqual({ revision: "feat/x", commit, path: "src" });
  expect(await splitRevision(repo, [commit.slice(0, 7), "a"])).toMatchObject({ commit, path: "a" });
});

test("an address of thousands of pieces is not looked up thousands of times", async () => {
  await using hub = await openTestStorage();
  const repo = await hub.create("acme/w");
  const resolve = vi.spyOn(repo, "resolve");
  const pieces = Array.from({ length: 7_000 }, () => "a");
  await expect(splitRevision(repo, pieces)).rejects.toMatchObject({ code: "HUB_REVISION_NOT_FOUND" });
  expect(resolve.mock.calls.length).toBeLessThan(200);
  // The longest branch that there can be is still found.
  const name = Array.from({ length: 100 }, () => "b").join("/");
  const commit = (await repo.resolve("main")) ?? "";
  await repo.createBranch({ name, commit, overwrite: false, author: { name: "a", email: "a@b" } });
  expect(await splitRevision(repo, ["refs", "heads", ...name.split("/"), "f"])).toMatchObject({ commit, path: "f" });
});
