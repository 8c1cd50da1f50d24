import { commit, countCommits, createRepo, listCommits, uploadFile, uploadFiles } from "@huggingface/hub";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collect, startHub, type TestHub } from "./hub-fixture.ts";

const repo = { type: "model", name: "alice/history" } as const;
let hub: TestHub;

beforeAll(async () => {
  hub = await startHub();
  await createRepo({ ...hub.as("alice"), repo });
  for (const name of ["a", "b", "c", "d"]) await add(name);
});
afterAll(() => hub[Symbol.asyncDispose]());

async function add(name: string, parentCommit?: string): Promise<string> {
  const made = await uploadFile({
    ...hub.as("alice"),
    repo,
    file: { path: `${name}.txt`, content: new Blob([name]) },
    commitTitle: `Add ${name}`,
    commitDescription: "Why: because.\n\nMore.",
    ...(parentCommit === undefined ? {} : { parentCommit }),
  });
  return made?.commit.oid ?? "";
}

test("a commit gives its id and its address", async () => {
  const made = await uploadFile({ ...hub.as("alice"), repo, file: { path: "e", content: new Blob(["e"]) } });
  expect(made?.commit).toEqual({
    oid: hub.git("models/alice/history", "rev-parse", "main").trim(),
    url: `${hub.url}/alice/history/commit/${made?.commit.oid}`,
  });
});

test("listCommits lists titles, texts, authors and dates, newest first, over several pages", async () => {
  const commits = await collect(listCommits({ ...hub.as("bob"), repo, batchSize: 2 }));
  const adds = commits.filter(({ title }) => /^Add [a-d]$/.test(title)).map(({ title }) => title);
  expect(adds).toEqual(["Add d", "Add c", "Add b", "Add a"]);
  expect(commits.at(-1)?.title).toBe("initial commit");
  const described = commits.find(({ title }) => title === "Add a");
  expect(described).toMatchObject({ message: "Why: because.\n\nMore.", authors: [{ username: "alice" }] });
  expect(Number.isNaN(described?.date.getTime())).toBe(false);
});

test("countCommits counts what git counts", async () => {
  const count = Number(hub.git("models/alice/history", "rev-list", "--count", "main"));
  expect(await countCommits({ ...hub.as("bob"), repo })).toBe(count);
});

test("pages stay what they are when a commit comes in between", async () => {
  const pages = listCommits({ ...hub.as("bob"), repo, batchSize: 1 });
  const newest = (await pages.next()).value?.oid;
  await add("between");
  const rest = await collect(pages);
  expect([newest, ...rest.map(({ oid }) => oid)]).toEqual(
    hub
      .git("models/alice/history", "rev-list", newest ?? "")
      .trim()
      .split("\n"),
  );
});

test("parentCommit that is the head, or its first digits, is accepted", async () => {
  const first = await add("p1");
  const second = await add("p2", first);
  const third = await add("p3", second.slice(0, 7));
  expect(hub.git("models/alice/history", "rev-list", "-3", "main").trim().split("\n")).toEqual([third, second, first]);
});

test("parentCommit that is not the head any more is 412, and nothing changes", async () => {
  const old = await add("q1");
  const head = await add("q2");
  await expect(add("q3", old)).rejects.toMatchObject({ statusCode: 412 });
  expect(hub.git("models/alice/history", "rev-parse", "main").trim()).toBe(head);
});

test.each(["zzzzzzz", "abc", "0".repeat(41)])("%s is no parentCommit: 400", async (parentCommit) => {
  await expect(add("r", parentCommit)).rejects.toMatchObject({ statusCode: 400 });
});

test("one commit can write, replace and delete", async () => {
  await commit({
    ...hub.as("alice"),
    repo,
    title: "Much at once",
    operations: [
      { operation: "addOrUpdate", path: "a.txt", content: new Blob(["new"]) },
      { operation: "addOrUpdate", path: "x/y/z", content: new Blob(["z"]) },
      { operation: "delete", path: "b.txt" },
    ],
  });
  expect(hub.git("models/alice/history", "show", "--format=", "--name-status", "main")).toBe(
    "M\ta.txt\nD\tb.txt\nA\tx/y/z\n",
  );
});

test("a commit to a missing branch is 404, to a tag 400", async () => {
  await hub.request("/api/models/alice/history/tag/main", { method: "POST", token: "hf_alice", json: { tag: "t" } });
  const to = (branch: string) =>
    uploadFiles({ ...hub.as("alice"), repo, branch, files: [{ path: "s", content: new Blob(["s"]) }] });
  await expect(to("nothing")).rejects.toMatchObject({ statusCode: 404 });
  await expect(to("t")).rejects.toMatchObject({ statusCode: 400 });
});

test.each([
  ["bob", 403],
  ["reader", 403],
] as const)("%s may not commit: %i", async (user, statusCode) => {
  const file = { path: "s", content: new Blob(["s"]) };
  await expect(uploadFile({ ...hub.as(user), repo, file })).rejects.toMatchObject({ statusCode });
});

test("a pull request is 501", async () => {
  const file = { path: "s", content: new Blob(["s"]) };
  const made = uploadFile({ ...hub.as("alice"), repo, file, isPullRequest: true });
  await expect(made).rejects.toMatchObject({ statusCode: 501, message: expect.stringContaining("pull requests") });
});
