import { createRepo, downloadFile, listFiles, repoExists, uploadFile } from "@huggingface/hub";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collect, startHub, type TestHub } from "./hub-fixture.ts";

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

async function newRepo(name: string) {
  const repo = { type: "space", name: `alice/${name}` } as const;
  await createRepo({ ...hub.as("alice"), repo });
  await uploadFile({ ...hub.as("alice"), repo, file: { path: "f", content: new Blob([name]) } });
  return repo;
}

const call = (method: string, path: string, json: object, token = "hf_alice") =>
  hub.request(path, { method, token, json });
const settings = (name: string, json: object, token?: string) =>
  call("PUT", `/api/spaces/alice/${name}/settings`, json, token);
const move = (from: string, to: string, token?: string) =>
  call("POST", "/api/repos/move", { fromRepo: from, toRepo: to, type: "space" }, token);

test.each([{ visibility: "private" }, { private: true }])("a repo is hidden with %j, and shown again", async (json) => {
  const repo = await newRepo(`hidden-${Object.keys(json)[0]}`);
  const name = repo.name.slice("alice/".length);
  expect((await settings(name, json)).status).toBe(200);
  expect(await repoExists({ ...hub.as("bob"), repo })).toBe(false);
  expect(await repoExists({ ...hub.as("alice"), repo })).toBe(true);
  expect((await settings(name, { visibility: "public", gated: false })).status).toBe(200);
  expect(await repoExists({ hubUrl: hub.url, repo })).toBe(true);
});

test.each<[object, string, number]>([
  [{ visibility: "protected" }, "hf_alice", 501],
  [{ gated: "auto" }, "hf_alice", 501],
  [{ private: "yes" }, "hf_alice", 400],
  [{ visibility: "private" }, "hf_bob", 403],
  [{ visibility: "private" }, "hf_reader", 403],
])("settings %j with %s are %i", async (json, token, status) => {
  const repo = await newRepo(`refused-${status}-${token}-${Object.keys(json)[0]}`);
  expect((await settings(repo.name.slice("alice/".length), json, token)).status).toBe(status);
  expect(await repoExists({ hubUrl: hub.url, repo })).toBe(true);
});

test("a moved repo is what it was, under its new name alone", async () => {
  const repo = await newRepo("old-name");
  expect((await move("alice/old-name", "acme/new-name")).status).toBe(200);
  expect(await repoExists({ ...hub.as("alice"), repo })).toBe(false);
  const moved = { type: "space", name: "acme/new-name" } as const;
  expect(await (await downloadFile({ ...hub.as("bob"), repo: moved, path: "f" }))?.text()).toBe("old-name");
  expect(hub.git("spaces/acme/new-name", "fsck", "--strict", "--no-dangling")).toBe("");
  const listed: { id: string }[] = await (await hub.request("/api/spaces?search=-name")).json();
  expect(listed.map(({ id }) => id)).toEqual(["acme/new-name"]);
});

test.each([
  ["a namespace of somebody else", "alice/movable", "bob/movable", "hf_alice", 403],
  ["a repo of somebody else", "alice/movable", "bob/movable", "hf_bob", 403],
  ["a name that is taken", "alice/movable", "alice/taken", "hf_alice", 409],
  ["a name that is none", "alice/movable", "alice/a b", "hf_alice", 400],
  ["a missing repo", "alice/none", "alice/some", "hf_alice", 404],
])("moving to %s is refused", async (_, from, to, token, status) => {
  for (const name of ["movable", "taken"]) {
    if (!(await repoExists({ ...hub.as("alice"), repo: { type: "space", name: `alice/${name}` } })))
      await newRepo(name);
  }
  expect((await move(from, to, token)).status).toBe(status);
  expect(await repoExists({ ...hub.as("alice"), repo: { type: "space", name: "alice/movable" } })).toBe(true);
});

test("a repo with released versions is moved by an admin only", async () => {
  await newRepo("released");
  await call("POST", "/api/spaces/alice/released/tag/main", { tag: "v1.0.0", message: "first" });
  expect((await move("alice/released", "alice/elsewhere")).status).toBe(403);
  expect((await move("alice/released", "alice/elsewhere", "hf_root")).status).toBe(200);
});

test("a copy has the files, and is as private as what it was made from", async () => {
  await newRepo("original");
  await settings("original", { visibility: "private" });
  const duplicate = (repository: string, token: string) =>
    call("POST", "/api/spaces/alice/original/duplicate", { repository }, token);
  const made = await duplicate("acme/copy", "hf_alice");
  expect(await made.json()).toEqual({ url: `${hub.url}/spaces/acme/copy` });
  const copy = { type: "space", name: "acme/copy" } as const;
  const files = await collect(listFiles({ ...hub.as("alice"), repo: copy }));
  expect(files.map(({ path }) => path)).toContain("f");
  expect(await repoExists({ hubUrl: hub.url, repo: copy })).toBe(false);
  const again = await duplicate("acme/copy", "hf_alice");
  expect([again.status, (await again.json()).url]).toEqual([409, `${hub.url}/spaces/acme/copy`]);
  expect((await duplicate("bob/copy", "hf_bob")).status).toBe(404);
});

test("a squashed branch has one commit with the same files", async () => {
  const repo = await newRepo("squashed");
  const tree = hub.git("spaces/alice/squashed", "rev-parse", "main^{tree}");
  const squash = (token: string) =>
    call("POST", "/api/spaces/alice/squashed/super-squash/main", { message: "All of it" }, token);
  expect((await squash("hf_bob")).status).toBe(403);
  expect((await squash("hf_alice")).status).toBe(200);
  expect(hub.git("spaces/alice/squashed", "log", "--format=%s", "main")).toBe("All of it\n");
  expect(hub.git("spaces/alice/squashed", "rev-parse", "main^{tree}")).toBe(tree);
  expect(await (await downloadFile({ ...hub.as("bob"), repo, path: "f" }))?.text()).toBe("squashed");
});

test("the hub reported no failure", () => {
  expect(hub.failures).toEqual([]);
});
