import { createRepo, deleteRepo, uploadFile } from "@huggingface/hub";
import { type ReleaseEntry, verifyReleaseLog } from "@smoltools/hub/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "./hub-fixture.ts";

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

async function newRepo(name: string, options: { visibility?: "private" } = {}) {
  const repo = { type: "space", name: `acme/${name}` } as const;
  await createRepo({ ...hub.as("alice"), repo, ...options });
  return repo;
}

const release = (name: string, tag: string, token = "hf_alice") =>
  hub.request(`/api/spaces/acme/${name}/tag/main`, { method: "POST", token, json: { tag, message: tag } });

const readLog = async (after = 0): Promise<{ entries: ReleaseEntry[]; head: { seq: number; hash: string } }> =>
  (await hub.request(`/api/registry/log?after=${after}`)).json();

test.each(["hf_alice", "hf_root"])(
  "a released version can be neither deleted nor made again, with %s",
  async (token) => {
    const name = `fixed-${token.slice(3)}`;
    await newRepo(name);
    expect((await release(name, "v1.0.0")).status).toBe(200);
    const remove = await hub.request(`/api/spaces/acme/${name}/tag/v1.0.0`, { method: "DELETE", token });
    expect(remove.status).toBe(403);
    expect((await remove.json()).error).toMatch(/released version/);
    const again = await release(name, "v1.0.0", token);
    expect(again.status).toBe(409);
    expect((await again.json()).error).toMatch(/released already.*publish a higher one/);
  },
);

test("releases go to the log, other tags do not", async () => {
  await newRepo("logged");
  const { head: before } = await readLog();
  await release("logged", "v1.0.0");
  await release("logged", "nightly");
  await release("logged", "v1.1.0-rc.1");
  const { entries, head } = await readLog(before.seq);
  const commit = hub.git("spaces/acme/logged", "rev-parse", "main").trim();
  expect(entries.map(({ repo, tag, commit: of }) => [repo, tag, of])).toEqual([
    ["spaces/acme/logged", "v1.0.0", commit],
    ["spaces/acme/logged", "v1.1.0-rc.1", commit],
  ]);
  expect(verifyReleaseLog(entries, before)).toEqual(head);
});

test("the log names private repos by their random id only", async () => {
  await newRepo("secret", { visibility: "private" });
  await release("secret", "v1.0.0");
  const text = JSON.stringify(await readLog());
  expect(text).not.toContain("secret");
  expect(text).toMatch(/private\/[0-9a-f]{24}/);
});

test("a repo with releases is deleted by an admin only, and its versions are never used again", async () => {
  const repo = await newRepo("gone");
  await release("gone", "v1.0.0");
  await expect(deleteRepo({ ...hub.as("alice"), repo })).rejects.toMatchObject({ statusCode: 403 });
  await deleteRepo({ ...hub.as("root"), repo });
  await newRepo("gone");
  await uploadFile({ ...hub.as("alice"), repo, file: { path: "x", content: new Blob(["x"]) } });
  const again = await release("gone", "v1.0.0");
  expect(again.status).toBe(403);
  expect((await again.json()).error).toMatch(/never used again/);
  expect((await release("gone", "v1.0.1")).status).toBe(200);
});

test("of many that release the same version at once, one does, and the log has it once", async () => {
  await newRepo("race");
  const statuses = await Promise.all(Array.from({ length: 6 }, async () => (await release("race", "v1.0.0")).status));
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  const { entries } = await readLog();
  expect(entries.filter(({ repo }) => repo === "spaces/acme/race")).toHaveLength(1);
  verifyReleaseLog(entries);
});

test.each(["-1", "x", "1e3"])("after=%s is 400", async (after) => {
  expect((await hub.request(`/api/registry/log?after=${after}`)).status).toBe(400);
});
