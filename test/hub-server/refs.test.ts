import { createBranch, createRepo, deleteBranch, downloadFile, uploadFile } from "@huggingface/hub";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "./hub-fixture.ts";

const repo = { type: "space", name: "alice/refs" } as const;
const base = "/api/spaces/alice/refs";
let hub: TestHub;
let head: string;

beforeAll(async () => {
  hub = await startHub();
  await createRepo({ ...hub.as("alice"), repo });
  head = hub.git("spaces/alice/refs", "rev-parse", "main").trim();
});
afterAll(() => hub[Symbol.asyncDispose]());

const tag = (name: string, revision = "main", message?: string) =>
  hub.request(`${base}/tag/${encodeURIComponent(revision)}`, {
    method: "POST",
    token: "hf_alice",
    json: { tag: name, message },
  });
const refs = async () => (await hub.request(`${base}/refs`)).json();

test("a tag names the commit of its revision; one with a message is annotated", async () => {
  expect((await tag("light")).status).toBe(200);
  expect((await tag("heavy", head.slice(0, 9), "The first one")).status).toBe(200);
  expect(hub.git("spaces/alice/refs", "cat-file", "-t", "light")).toBe("commit\n");
  expect(
    hub.git("spaces/alice/refs", "for-each-ref", "--format=%(objecttype) %(taggername) %(contents)", "refs/tags/heavy"),
  ).toBe("tag alice The first one\n\n");
  expect((await refs()).tags).toEqual([
    { name: "heavy", ref: "refs/tags/heavy", targetCommit: head },
    { name: "light", ref: "refs/tags/light", targetCommit: head },
  ]);
});

test("refs has what the Python client demands", async () => {
  expect(Object.keys(await refs()).sort()).toEqual(["branches", "converts", "tags"]);
  const withPullRequests = await (await hub.request(`${base}/refs?include_prs=1`)).json();
  expect(withPullRequests.pullRequests).toEqual([]);
});

test("a tag that exists is 409", async () => {
  await tag("again");
  expect((await tag("again")).status).toBe(409);
});

test("a tag that is no release can be deleted, once", async () => {
  await tag("nightly");
  const remove = () => hub.request(`${base}/tag/nightly`, { method: "DELETE", token: "hf_alice" });
  expect((await remove()).status).toBe(200);
  expect((await remove()).status).toBe(404);
});

test.each(["a..b", "a b", "HEAD", "x.lock", "", "f".repeat(40)])("%j is no tag: 400", async (name) => {
  expect((await tag(name)).status).toBe(400);
});

test("a tag of a missing revision is 404", async () => {
  const response = await tag("x", "nothing");
  expect([response.status, response.headers.get("X-Error-Code")]).toEqual([404, "RevisionNotFound"]);
});

test("a branch is made from main, a tag or a commit, takes commits and is deleted", async () => {
  await tag("start");
  for (const [branch, revision] of [
    ["b/main", undefined],
    ["b/tag", "start"],
    ["b/commit", head],
  ] as const) {
    await createBranch({ ...hub.as("alice"), repo, branch, ...(revision === undefined ? {} : { revision }) });
    await uploadFile({ ...hub.as("alice"), repo, branch, file: { path: "f", content: new Blob([branch]) } });
    const file = await downloadFile({ ...hub.as("alice"), repo, revision: branch, path: "f" });
    expect(await file?.text()).toBe(branch);
    await deleteBranch({ ...hub.as("alice"), repo, branch });
  }
  expect((await refs()).branches).toEqual([{ name: "main", ref: "refs/heads/main", targetCommit: head }]);
});

test("an empty branch has no files", async () => {
  await createBranch({ ...hub.as("alice"), repo, branch: "empty", empty: true });
  expect(hub.git("spaces/alice/refs", "ls-tree", "empty")).toBe("");
  await deleteBranch({ ...hub.as("alice"), repo, branch: "empty" });
});

test("a branch that exists is 409; with overwrite it stays, or moves to the revision", async () => {
  const branch = "moving";
  await createBranch({ ...hub.as("alice"), repo, branch });
  await uploadFile({ ...hub.as("alice"), repo, branch, file: { path: "f", content: new Blob(["f"]) } });
  const moved = hub.git("spaces/alice/refs", "rev-parse", branch).trim();
  await expect(createBranch({ ...hub.as("alice"), repo, branch })).rejects.toMatchObject({ statusCode: 409 });
  await createBranch({ ...hub.as("alice"), repo, branch, overwrite: true });
  expect(hub.git("spaces/alice/refs", "rev-parse", branch).trim()).toBe(moved);
  await createBranch({ ...hub.as("alice"), repo, branch, overwrite: true, revision: head });
  expect(hub.git("spaces/alice/refs", "rev-parse", branch).trim()).toBe(head);
});

test.each([
  ["a tag of the name", "tag", 409],
  ["a tag below which it would be", "tag/x", 409],
  ["the name of a release", "v9.9.9", 400],
  ["a bad name", "a..b", 400],
])("a branch beside %s is refused", async (_, branch, statusCode) => {
  await tag("tag");
  await expect(createBranch({ ...hub.as("alice"), repo, branch })).rejects.toMatchObject({ statusCode });
});

test("main can be neither deleted nor overwritten", async () => {
  await expect(deleteBranch({ ...hub.as("root"), repo, branch: "main" })).rejects.toMatchObject({ statusCode: 403 });
  const over = createBranch({ ...hub.as("root"), repo, branch: "main", overwrite: true, revision: head });
  await expect(over).rejects.toMatchObject({ statusCode: 403 });
});

test("a branch whose first piece looks like a commit id is found by the clients that do not encode it", async () => {
  const branch = `${head.slice(0, 7)}/fix`;
  await createBranch({ ...hub.as("alice"), repo, branch });
  await uploadFile({ ...hub.as("alice"), repo, branch, file: { path: "f", content: new Blob(["f"]) } });
  const files = await (await hub.request(`${base}/tree/${branch}`)).json();
  expect(files.map(({ path }: { path: string }) => path)).toContain("f");
});

test("of many that make the same tag at once, one does", async () => {
  const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await tag("race")).status));
  expect(statuses.sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
});

test("another user may make neither tags nor branches", async () => {
  const json = { tag: "x" };
  expect((await hub.request(`${base}/tag/main`, { method: "POST", token: "hf_bob", json })).status).toBe(403);
  expect((await hub.request(`${base}/branch/x`, { method: "POST", token: "hf_bob", json: {} })).status).toBe(403);
  expect((await hub.request(`${base}/branch/x`, { method: "POST", json: {} })).status).toBe(401);
});
