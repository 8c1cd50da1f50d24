import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createCollection, createRepo, uploadFile } from "@huggingface/hub";
import { HubClient, packPackage, pushPackage } from "@smoltools/hub";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startHub, type TestHub } from "../hub-server/hub-fixture.ts";

/** A word that is in every part of the private repo, and nowhere else. */
const secret = "walrus";
const id = `alice/${secret}`;
let hub: TestHub;
let commit: string;
let blob: string;
let collection: string;

beforeAll(async () => {
  hub = await startHub({ spaces: { [id]: `http://${secret}.internal` } });
  const packed = packPackage({
    name: id,
    version: "1.0.0",
    description: `A ${secret}.`,
    keywords: [secret],
    tools: [{ name: secret, description: secret, inputSchema: { type: "object", properties: {} } }],
    runtime: "js",
    code: "export const tools = {};\n",
    sources: {},
  });
  await pushPackage(new HubClient({ hubUrl: hub.url, token: "hf_alice" }), packed, { private: true });
  commit = hub.git(`spaces/${id}`, "rev-parse", "main").trim();
  blob = hub.git(`spaces/${id}`, "rev-parse", "main:tool.json").trim();
  await createRepo({ ...hub.as("bob"), repo: { type: "space", name: "bob/own" } });
  collection = (await createCollection({ ...hub.as("alice"), collection: { title: "Mine", namespace: "alice" } })).slug;
  const json = { item: { type: "space", id }, note: "see" };
  await hub.request(`/api/collections/${collection}/items`, { method: "POST", token: "hf_alice", json });
});
afterAll(() => hub[Symbol.asyncDispose]());

/** Addresses at which something of the private repo could show. */
const reads: [method: string, path: () => string, json?: object][] = [
  ["GET", () => "/api/spaces?full=true&expand=cardData"],
  ["GET", () => `/api/spaces?search=${secret}`],
  ["GET", () => "/api/spaces?author=alice&sort=createdAt"],
  ["GET", () => `/api/spaces?filter=${secret}`],
  ["GET", () => `/api/smoltools/search?q=${secret}`],
  ["GET", () => "/api/smoltools/search?owner=alice"],
  ["GET", () => `/api/spaces/semantic-search?q=${secret}`],
  ["GET", () => "/api/collections"],
  ["GET", () => `/api/collections/${collection}`],
  ["GET", () => "/api/registry/log"],
  ["GET", () => `/api/spaces/${id}`],
  ["GET", () => `/api/spaces/${id}/revision/${commit}`],
  ["GET", () => `/api/spaces/${id}/refs`],
  ["GET", () => `/api/spaces/${id}/tree/main`],
  ["GET", () => `/api/spaces/${id}/commits/main`],
  ["GET", () => `/api/spaces/${id}/host`],
  ["GET", () => `/api/spaces/${id}/runtime`],
  ["GET", () => `/api/spaces/by-subdomain/alice-${secret}`],
  ["GET", () => `/api/spaces/${id}/auth-check`],
  ["POST", () => `/api/spaces/${id}/paths-info/main`, { paths: ["tool.json"] }],
  ["GET", () => `/spaces/${id}/resolve/main/tool.json`],
  ["GET", () => `/spaces/${id}/raw/${commit}/tool.json`],
  ["GET", () => `/spaces/${id}/info/refs?service=git-upload-pack`],
  ["GET", () => `/spaces/${id}.git/info/refs?service=git-upload-pack`],
  // By its objects, through a repo of one's own.
  ["GET", () => `/api/spaces/bob/own/revision/${commit}`],
  ["GET", () => `/spaces/bob/own/resolve/${commit}/tool.json`],
  ["GET", () => `/api/spaces/bob/own/tree/${blob}`],
];

it.each(reads)("%s of an address (%#) shows nothing of a private repo to others", async (method, path, json) => {
  for (const token of ["hf_bob", undefined]) {
    const init = { method, ...(token === undefined ? {} : { token }), ...(json && { json }) };
    const response = await hub.request(path(), init);
    const text = `${await response.text()} ${JSON.stringify([...response.headers])}`;
    // What was asked for, which an error repeats, tells nothing new.
    const told = text.replaceAll(id, "").replaceAll(path().split("/").at(-1) ?? "", "");
    expect(told).not.toContain(secret);
    expect(told).not.toContain(blob);
  }
});

it("a missing repo and a private one look the same", async () => {
  const ask = async (name: string, token?: string) => {
    const response = await hub.request(`/api/spaces/${name}`, token === undefined ? {} : { token });
    const { error }: { error: string } = await response.json();
    return [response.status, response.headers.get("X-Error-Code"), error.replaceAll(name, "it")];
  };
  for (const token of ["hf_bob", undefined]) expect(await ask(id, token)).toEqual(await ask("alice/none", token));
});

it.each([
  ["POST", `/api/spaces/${id}/commit/main`],
  ["POST", `/api/spaces/${id}/preupload/main`],
  ["POST", `/api/spaces/${id}/tag/main`],
  ["POST", `/api/spaces/${id}/branch/x`],
  ["PUT", `/api/spaces/${id}/settings`],
  ["POST", `/api/spaces/${id}/duplicate`],
  ["POST", `/api/spaces/${id}/super-squash/main`],
])("%s %s is the same 404 as for a missing repo", async (method, path) => {
  const json = { repository: "bob/copy", visibility: "public", tag: "x", files: [] };
  expect((await hub.request(path, { method, token: "hf_bob", json })).status).toBe(404);
  const missing = path.replace(id, "alice/none");
  expect((await hub.request(missing, { method, token: "hf_bob", json })).status).toBe(404);
});

it("making a repo that somebody else has hidden does not tell that it is there", async () => {
  const json = { name: secret, organization: "alice", type: "space" };
  const response = await hub.request("/api/repos/create", { method: "POST", token: "hf_bob", json });
  expect(response.status).toBe(403);
});

it("what becomes private is gone from lists and searches at once", async () => {
  const repo = { type: "space", name: "alice/turning" } as const;
  await createRepo({ ...hub.as("alice"), repo });
  await uploadFile({ ...hub.as("alice"), repo, file: { path: "f", content: new Blob(["f"]) } });
  const listed = async () => JSON.stringify(await (await hub.request("/api/spaces")).json()).includes("alice/turning");
  expect(await listed()).toBe(true);
  const json = { visibility: "private" };
  await hub.request("/api/spaces/alice/turning/settings", { method: "PUT", token: "hf_alice", json });
  expect(await listed()).toBe(false);
});

it("what another process hides is gone from collections, even where the news has not arrived", async () => {
  await using other = await startHub();
  const repo = { type: "space", name: "alice/seen" } as const;
  await createRepo({ ...other.as("alice"), repo });
  const { slug } = await createCollection({ ...other.as("alice"), collection: { title: "All", namespace: "alice" } });
  const json = { item: { type: "space", id: repo.name } };
  await other.request(`/api/collections/${slug}/items`, { method: "POST", token: "hf_alice", json });
  const items = async () => (await (await other.request(`/api/collections/${slug}`)).json()).items;
  expect(await items()).toHaveLength(1);
  // As a process does it that dies before it tells the others.
  const path = join(other.root, "spaces/alice/seen.git/hub.json");
  const record = JSON.parse(await readFile(path, "utf8"));
  await writeFile(`${path}.new`, JSON.stringify({ ...record, private: true }));
  await rename(`${path}.new`, path);
  expect(await items()).toEqual([]);
  const listed = await (await other.request("/api/collections?owner=alice")).json();
  expect(JSON.stringify(listed)).not.toContain("seen");
});
