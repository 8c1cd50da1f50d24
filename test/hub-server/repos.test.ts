import { spawnSync } from "node:child_process";
import {
  createRepo,
  deleteRepo,
  listModels,
  listSpaces,
  modelInfo,
  repoExists,
  spaceInfo,
  uploadFiles,
  whoAmI,
} from "@huggingface/hub";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collect, startHub, type TestHub } from "./hub-fixture.ts";

const repo = { type: "space", name: "acme/weather" } as const;
const hidden = { type: "model", name: "alice/hidden" } as const;
let hub: TestHub;

beforeAll(async () => {
  hub = await startHub();
  await createRepo({ ...hub.as("alice"), repo });
  await createRepo({ ...hub.as("alice"), repo: hidden, visibility: "private" });
  const card = "---\nsdk: static\ntags: [tool, smoltools]\nlicense: mit\n---\n";
  await uploadFiles({ ...hub.as("alice"), repo, files: [{ path: "README.md", content: new Blob([card]) }] });
});
afterAll(() => hub[Symbol.asyncDispose]());

test("whoAmI names the user, the orgs and the role of the token", async () => {
  expect(await whoAmI(hub.as("alice"))).toMatchObject({
    type: "user",
    name: "alice",
    orgs: [{ name: "acme" }],
    auth: { accessToken: { role: "write" } },
  });
});

test("createRepo gives the address of the repo and its id", async () => {
  const made = await createRepo({ ...hub.as("alice"), repo: { type: "dataset", name: "alice/data" } });
  expect(made).toEqual({ repoUrl: `${hub.url}/datasets/alice/data`, id: expect.stringMatching(/^[0-9a-f]{24}$/) });
});

test("createRepo of one that exists is 409, and the answer has its address", async () => {
  await expect(createRepo({ ...hub.as("alice"), repo })).rejects.toMatchObject({
    statusCode: 409,
    data: { url: `${hub.url}/spaces/acme/weather` },
  });
});

test("createRepo can bring the first files", async () => {
  const made = { type: "model", name: "alice/with-files" } as const;
  const files = [{ path: "a/b.txt", content: new Blob(["hi"]) }];
  await createRepo({ ...hub.as("alice"), repo: made, files, license: "mit" });
  expect(hub.git("models/alice/with-files", "ls-tree", "-r", "--name-only", "main").split("\n")).toEqual([
    ".gitattributes",
    "README.md",
    "a/b.txt",
    "",
  ]);
  expect(await modelInfo({ ...hub.as("alice"), name: made.name, additionalFields: ["tags"] })).toMatchObject({
    tags: ["license:mit"],
  });
});

test.each([
  ["a repo that exists", repo, "alice", true],
  ["one that does not", { type: "space", name: "acme/none" }, "alice", false],
  ["the same name of another type", { type: "model", name: "acme/weather" }, "alice", false],
  ["a private one to its owner", hidden, "alice", true],
  ["a private one to its owner's read token", hidden, "reader", true],
  ["a private one to an admin", hidden, "root", true],
  ["a private one to another user", hidden, "bob", false],
] as const)("repoExists of %s", async (_, target, user, exists) => {
  expect(await repoExists({ ...hub.as(user), repo: target })).toBe(exists);
});

test.each([
  ["public", repo, true],
  ["private", hidden, false],
  ["missing", { type: "space", name: "acme/none" }, false],
] as const)("without a token a %s repo exists: see the result", async (_, target, exists) => {
  expect(await repoExists({ hubUrl: hub.url, repo: target })).toBe(exists);
});

test("spaceInfo gives what the card and the last commit say", async () => {
  const info = await spaceInfo({
    ...hub.as("alice"),
    name: repo.name,
    additionalFields: ["sha", "tags", "cardData", "author", "createdAt"],
  });
  expect(info).toMatchObject({
    name: "acme/weather",
    sdk: "static",
    likes: 0,
    private: false,
    author: "acme",
    sha: hub.git("spaces/acme/weather", "rev-parse", "main").trim(),
    tags: ["tool", "smoltools", "static", "license:mit"],
    cardData: { sdk: "static", license: "mit" },
  });
  expect(Math.abs(info.updatedAt.getTime() - Date.now())).toBeLessThan(60_000);
});

test("the whole of a repo's information has its files", async () => {
  const info = await (await hub.request("/api/spaces/acme/weather?blobs=true")).json();
  expect(info).toMatchObject({ id: "acme/weather", sdk: "static", runtime: { stage: "NO_APP_FILE" } });
  expect(info.siblings).toEqual([
    { rfilename: ".gitattributes", size: 8, blobId: expect.any(String) },
    { rfilename: "README.md", size: 57, blobId: expect.any(String) },
  ]);
});

test.each([
  [{ tags: ["tool", "smoltools"] }, ["acme/weather"]],
  [{ tags: ["tool", "other"] }, []],
  [{ tags: ["license:mit"] }, ["acme/weather"]],
  [{ owner: "acme" }, ["acme/weather"]],
  [{ owner: "bob" }, []],
  [{ query: "WEATH" }, ["acme/weather"]],
  [{ query: "nothing" }, []],
])("listSpaces %j finds %j", async (search, names) => {
  const found = await collect(listSpaces({ ...hub.as("bob"), search }));
  expect(found.map(({ name }) => name)).toEqual(names);
});

test.each([
  ["alice", ["alice/hidden", "alice/with-files"]],
  ["bob", ["alice/with-files"]],
] as const)("private repos are listed to those who may see them: to %s %j", async (user, names) => {
  const found = await collect(listModels({ ...hub.as(user), search: { owner: "alice" } }));
  expect(found.map(({ name }) => name).sort()).toEqual(names);
});

test("a list goes on by pages", async () => {
  const ids: string[] = [];
  let url: string | undefined = `${hub.url}/api/models?limit=1&sort=createdAt&expand=sdk`;
  while (url) {
    const page: Response = await fetch(url, { headers: { Authorization: "Bearer hf_alice" } });
    for (const item of await page.json()) ids.push(item.id);
    url = /<(.+)>; rel="next"/.exec(page.headers.get("Link") ?? "")?.[1];
  }
  expect(ids).toEqual(["alice/with-files", "alice/hidden"]);
});

test.each([
  ["a read token", "reader", "alice/x"],
  ["another user", "bob", "acme/x"],
] as const)("createRepo is 403 for %s", async (_, user, name) => {
  const made = createRepo({ ...hub.as(user), repo: { type: "model", name } });
  await expect(made).rejects.toMatchObject({ statusCode: 403 });
});

test("deleteRepo removes the repo; again it is 404; another user gets 403", async () => {
  const doomed = { type: "model", name: "alice/doomed" } as const;
  await createRepo({ ...hub.as("alice"), repo: doomed });
  await expect(deleteRepo({ ...hub.as("bob"), repo: doomed })).rejects.toMatchObject({ statusCode: 403 });
  await deleteRepo({ ...hub.as("alice"), repo: doomed });
  expect(await repoExists({ ...hub.as("alice"), repo: doomed })).toBe(false);
  await expect(deleteRepo({ ...hub.as("alice"), repo: doomed })).rejects.toMatchObject({ statusCode: 404 });
});

test("no token is ever written to the disk", () => {
  const found = spawnSync("grep", ["-rlE", "hf_(alice|bob|reader|root)", hub.root], { encoding: "utf8" });
  expect([found.status, found.stdout]).toEqual([1, ""]);
});

test.each([
  [{ name: "plain" }, "alice/plain"],
  [{ name: "acme/full" }, "acme/full"],
  [{ name: "both", organization: "acme" }, "acme/both"],
  [{ name: "none", organization: null }, "alice/none"],
])("creating %j makes %s", async (json, name) => {
  const response = await hub.request("/api/repos/create", { method: "POST", token: "hf_alice", json });
  expect(await response.json()).toMatchObject({ name, url: `${hub.url}/${name}` });
});

test("a hub that is for its users only shows nothing to others", async () => {
  await using closed = await startHub({ allowAnonymousRead: false });
  await createRepo({ ...closed.as("alice"), repo });
  expect(await repoExists({ hubUrl: closed.url, repo })).toBe(false);
  expect(await repoExists({ ...closed.as("bob"), repo })).toBe(true);
  const paths = ["/api/spaces", "/api/registry/log", "/spaces/acme/weather/resolve/main/README.md"];
  const statuses = await Promise.all(paths.map(async (path) => (await closed.request(path)).status));
  expect(statuses).toEqual([401, 401, 401]);
});
