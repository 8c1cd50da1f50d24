import { createHash } from "node:crypto";
import { createRepo, uploadFile } from "@huggingface/hub";
import { afterAll, beforeAll, expect, it } from "vitest";
import { commitLines, startHub, type TestHub } from "../hub-server/hub-fixture.ts";

const secret = Buffer.alloc(5_000, "secret ");
const object = { oid: createHash("sha256").update(secret).digest("hex"), size: secret.length };
const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${object.oid}\nsize ${object.size}\n`;
let hub: TestHub;

beforeAll(async () => {
  hub = await startHub({ limits: { maxRegularFileBytes: 1_000 } });
  const repo = { type: "space", name: "alice/hidden" } as const;
  await createRepo({ ...hub.as("alice"), repo, visibility: "private" });
  await uploadFile({ ...hub.as("alice"), repo, file: { path: "secret.bin", content: new Blob([secret]) } });
  await createRepo({ ...hub.as("bob"), repo: { type: "space", name: "bob/thief" } });
});
afterAll(() => hub[Symbol.asyncDispose]());

const batch = (repo: string, operation: string, token?: string) =>
  hub.request(`/spaces/${repo}.git/info/lfs/objects/batch`, {
    method: "POST",
    json: { operation, objects: [object] },
    ...(token !== undefined && { token }),
  });

it.each([
  ["nobody", undefined, 401],
  ["somebody else", "hf_bob", 404],
])("%s gets no address for a large file of a private repo", async (_, token, status) => {
  expect((await batch("alice/hidden", "download", token)).status).toBe(status);
});

it("who knows the hash of a large file of another repo has to send its bytes all the same", async () => {
  const { objects } = await (await batch("bob/thief", "upload", "hf_bob")).json();
  expect(objects[0].actions.upload).toBeDefined();
  const line = { key: "lfsFile", value: { path: "stolen", algo: "sha256", ...object } };
  const commit = { method: "POST", token: "hf_bob", body: commitLines(line) };
  expect((await hub.request("/api/spaces/bob/thief/commit/main", commit)).status).toBe(400);
});

it("a text that points at a large file of another repo is that text", async () => {
  const repo = { type: "space", name: "bob/thief" } as const;
  await uploadFile({ ...hub.as("bob"), repo, file: { path: "pointer", content: new Blob([pointer]) } });
  expect(await (await hub.request("/spaces/bob/thief/resolve/main/pointer")).text()).toBe(pointer);
});

it("an address that was given out for one repo is none for another, nor for another thing", async () => {
  const { objects } = await (await batch("bob/thief", "upload", "hf_bob")).json();
  const { href } = objects[0].actions.upload;
  const put = (url: string) => fetch(url, { method: "PUT", body: secret }).then(({ status }) => status);
  expect(await put(href.replace("bob/thief", "alice/hidden"))).toBe(403);
  expect(await put(href.replace(/size=\d+/, "size=1"))).toBe(403);
  expect((await fetch(href.replace("bob/thief", "alice/hidden").replace("/upload/", "/download/"))).status).toBe(403);
});

it("an address is of no use for a repo that was deleted and made again", async () => {
  const repo = { type: "space", name: "bob/again" } as const;
  await createRepo({ ...hub.as("bob"), repo });
  const { objects } = await (await batch("bob/again", "upload", "hf_bob")).json();
  const deleted = { method: "DELETE", token: "hf_bob", json: { name: "again", organization: "bob", type: "space" } };
  expect((await hub.request("/api/repos/delete", deleted)).status).toBe(200);
  await createRepo({ ...hub.as("bob"), repo });
  const { status } = await fetch(objects[0].actions.upload.href, { method: "PUT", body: secret });
  expect(status).toBe(403);
});
