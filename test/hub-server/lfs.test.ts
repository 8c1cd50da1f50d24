import { createHash } from "node:crypto";
import { readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRepo, downloadFile, fileDownloadInfo, listFiles, pathsInfo, uploadFile } from "@huggingface/hub";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collect, commitLines, startHub, type TestHub } from "./hub-fixture.ts";

const repo = { type: "space", name: "alice/large" } as const;
const limits = { maxRegularFileBytes: 1_000, maxLfsFileBytes: 200_000, maxLfsRepoBytes: 1_000_000 };
const bytes = Buffer.from(new Uint8Array(100_000).map((_, index) => (index * 7919) % 251));
const oid = sha256(bytes);
const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 100000\n`;
let hub: TestHub;

beforeAll(async () => {
  hub = await startHub({ limits });
  await createRepo({ ...hub.as("alice"), repo });
  await uploadFile({ ...hub.as("alice"), repo, file: { path: "dir/large file.bin", content: new Blob([bytes]) } });
});
afterAll(() => hub[Symbol.asyncDispose]());

function sha256(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

const lfsFolder = () => join(hub.root, "spaces/alice/large.git/lfs");
const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  hub.request(`/spaces/alice/large/${path}`, { method, headers });

async function batch(operation: string, objects: object[], token = "hf_alice"): Promise<Response> {
  const headers = { "Content-Type": "application/vnd.git-lfs+json" };
  const body = JSON.stringify({ operation, transfers: ["basic"], objects });
  return hub.request("/spaces/alice/large.git/info/lfs/objects/batch", {
    method: "POST",
    headers,
    body,
    ...(token && { token }),
  });
}

interface Action {
  href: string;
}
interface Answer {
  actions?: { upload?: Action; verify?: Action; download?: Action };
  error?: { code: number; message: string };
}

async function ask(operation: string, object: object, token?: string): Promise<Answer> {
  const { objects } = await (await batch(operation, [object], token)).json();
  return objects[0];
}

/** The address for an upload of something new. */
async function uploadUrl(content: Uint8Array): Promise<string> {
  const { actions } = await ask("upload", { oid: sha256(content), size: content.length });
  return actions?.upload?.href ?? "";
}

const put = (href: string, body: BodyInit) => fetch(href, { method: "PUT", body });

test("git holds a pointer, and git-lfs is told by .gitattributes", () => {
  expect(hub.git("spaces/alice/large", "show", "main:dir/large file.bin")).toBe(pointer);
  expect(hub.git("spaces/alice/large", "show", "main:.gitattributes")).toBe(
    "* -text\n/dir/large[[:space:]]file.bin filter=lfs diff=lfs merge=lfs -text\n",
  );
});

test("the object lies where git-lfs has it too, and no upload is left", async () => {
  expect(await readFile(join(lfsFolder(), "objects", oid.slice(0, 2), oid.slice(2, 4), oid))).toEqual(bytes);
  expect(await readdir(join(lfsFolder(), "uploads"))).not.toContain(oid);
});

test("the client downloads the bytes, whole and in part", async () => {
  const blob = await downloadFile({ ...hub.as("bob"), repo, path: "dir/large file.bin" });
  expect(sha256(new Uint8Array((await blob?.arrayBuffer()) ?? []))).toBe(oid);
  const part = await blob?.slice(50_000, 50_010).arrayBuffer();
  expect(Buffer.from(new Uint8Array(part ?? []))).toEqual(bytes.subarray(50_000, 50_010));
});

test("the client is told the size and the hash of the object, and those of the pointer where it asks for them", async () => {
  const path = "dir/large file.bin";
  const etag = `"${oid}"`;
  expect(await fileDownloadInfo({ ...hub.as("bob"), repo, path })).toMatchObject({ size: 100_000, etag });
  const raw = await downloadFile({ ...hub.as("bob"), repo, path, raw: true });
  expect(await raw?.text()).toBe(pointer);
  const lfs = { oid, size: 100_000, pointerSize: pointer.length };
  const files = await collect(listFiles({ ...hub.as("bob"), repo, recursive: true }));
  expect(files.find((file) => file.path === path)).toMatchObject({ size: 100_000, lfs });
  const infos = await pathsInfo({ ...hub.as("bob"), repo, paths: [path] });
  expect(infos).toEqual([expect.objectContaining({ size: 100_000, lfs })]);
  const info = await (await hub.request("/api/spaces/alice/large?blobs=true")).json();
  const sibling = info.siblings.find(({ rfilename }: { rfilename: string }) => rfilename === path);
  expect(sibling).toMatchObject({ size: 100_000, lfs: { sha256: oid, size: 100_000 } });
});

test.each<[string, string, Record<string, string>, number, Record<string, string | null>]>([
  ["all of it", "GET", {}, 200, { "content-length": "100000", "content-range": null }],
  ["its head", "HEAD", {}, 200, { "content-length": "100000", "x-linked-size": "100000" }],
  ["a part", "GET", { Range: "bytes=99990-" }, 206, { "content-range": "bytes 99990-99999/100000" }],
  ["behind its end", "GET", { Range: "bytes=100000-" }, 416, { "content-range": "bytes */100000" }],
  ["what the client has", "GET", { "If-None-Match": `"${oid}"` }, 304, {}],
  ["a part of this object", "GET", { Range: "bytes=0-9", "If-Range": `"${oid}"` }, 206, { "content-length": "10" }],
  ["a part of another one", "GET", { Range: "bytes=0-9", "If-Range": '"x"' }, 200, { "content-length": "100000" }],
])("resolve, asked for %s, says so in its headers", async (_, method, headers, status, expected) => {
  const response = await get("resolve/main/dir/large%20file.bin", headers, method);
  await response.arrayBuffer();
  expect(response.status).toBe(status);
  const always = { etag: `"${oid}"`, "x-linked-etag": `"${oid}"`, "accept-ranges": "bytes" };
  expect(Object.fromEntries(response.headers)).toMatchObject(always);
  for (const [name, value] of Object.entries(expected)) expect(response.headers.get(name)).toBe(value);
});

test("preupload sends small files with the commit, larger ones by LFS, and refuses what is too large", async () => {
  const ask = (size: number) =>
    hub.request("/api/spaces/alice/large/preupload/main", {
      method: "POST",
      token: "hf_alice",
      json: { files: [{ path: "dir/large file.bin", size, sample: "" }] },
    });
  const modes = [1_000, 1_001, 200_000].map(async (size) => (await (await ask(size)).json()).files[0]);
  const blob = hub.git("spaces/alice/large", "rev-parse", "main:dir/large file.bin").trim();
  expect(await Promise.all(modes)).toEqual([
    expect.objectContaining({ uploadMode: "regular", oid: blob }),
    expect.objectContaining({ uploadMode: "lfs", oid }),
    expect.objectContaining({ uploadMode: "lfs", oid }),
  ]);
  expect((await ask(200_001)).status).toBe(413);
});

test("an object that is there needs no upload; its address for a download is good without a token", async () => {
  expect((await ask("upload", { oid, size: 100_000 })).actions).toBeUndefined();
  const { actions } = await ask("download", { oid, size: 100_000 });
  const response = await fetch(actions?.download?.href ?? "", { headers: { Range: "bytes=10-19" } });
  expect([response.status, response.headers.get("content-range")]).toEqual([206, "bytes 10-19/100000"]);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes.subarray(10, 20));
});

test.each([
  ["a download of what is not there", "download", { oid: "0".repeat(64), size: 1 }, 404],
  ["a download with another size", "download", { oid, size: 1 }, 422],
  ["an upload with another size", "upload", { oid, size: 1 }, 422],
  ["an upload that is too large", "upload", { oid: "0".repeat(64), size: 200_001 }, 413],
])("%s is an error of that object alone", async (_, operation, object, code) => {
  expect((await ask(operation, object)).error?.code).toBe(code);
});

test.each([
  ["nobody's", "", 401],
  ["another user's", "hf_bob", 403],
  ["a reader's", "hf_reader", 403],
])("with %s token there is no upload", async (_, token, status) => {
  const response = await batch("upload", [{ oid, size: 1 }], token);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: expect.any(String), message: expect.any(String) });
});

test.each([
  ["an id that is none", { oid: "../../x", size: 1 }],
  ["an id in upper case", { oid: "A".repeat(64), size: 1 }],
  ["a size below zero", { oid, size: -1 }],
  ["no size", { oid }],
])("a batch with %s is 400", async (_, object) => {
  expect((await batch("upload", [object])).status).toBe(400);
});

test("a batch that a page of another origin could send without asking is 400", async () => {
  const body = JSON.stringify({ operation: "upload", objects: [] });
  const init = { method: "POST", token: "hf_alice", headers: { "Content-Type": "text/plain" }, body };
  expect((await hub.request("/spaces/alice/large.git/info/lfs/objects/batch", init)).status).toBe(400);
});

test("an upload is verified, and only a commit makes it part of the repo", async () => {
  const content = Buffer.from("x".repeat(2_000));
  const object = { oid: sha256(content), size: content.length };
  const { actions } = await ask("upload", object);
  const verify = async () => (await fetch(actions?.verify?.href ?? "", { method: "POST" })).status;
  expect(await verify()).toBe(404);
  expect((await put(actions?.upload?.href ?? "", content)).status).toBe(200);
  expect(await verify()).toBe(200);
  expect((await ask("download", object)).error?.code).toBe(404);
  const line = { key: "lfsFile", value: { path: "verified.bin", algo: "sha256", ...object } };
  const commit = { method: "POST", token: "hf_alice", body: commitLines(line) };
  expect((await hub.request("/api/spaces/alice/large/commit/main", commit)).status).toBe(200);
  expect((await ask("download", object)).actions?.download?.href).toBeDefined();
});

test.each<[string, (content: Buffer) => Buffer]>([
  ["too few bytes", (content) => content.subarray(1)],
  ["too many bytes", (content) => Buffer.concat([content, Buffer.from("y")])],
  ["other bytes", (content) => Buffer.from(content).fill("y")],
])("an upload with %s is 400 and leaves nothing", async (_, change) => {
  const content = Buffer.from("z".repeat(3_000));
  const changed = change(content);
  const chunked = new ReadableStream({
    start(controller) {
      controller.enqueue(changed);
      controller.close();
    },
  });
  const init = { method: "PUT", body: chunked, duplex: "half" } as const;
  expect((await fetch(await uploadUrl(content), init)).status).toBe(400);
  expect(await readdir(join(lfsFolder(), "uploads"))).toEqual([]);
});

test("an upload that breaks off leaves nothing", async () => {
  const content = Buffer.from("b".repeat(4_000));
  const controller = new AbortController();
  const body = new ReadableStream({
    start: (stream) => stream.enqueue(content.subarray(0, 1_000)),
    pull: () => new Promise((resolve) => setTimeout(resolve, 20)),
  });
  const { signal } = controller;
  const sent = fetch(await uploadUrl(content), { method: "PUT", body, duplex: "half", signal } as RequestInit);
  await expect.poll(() => readdir(join(lfsFolder(), "uploads")), { timeout: 10_000 }).toHaveLength(1);
  controller.abort();
  await expect(sent).rejects.toThrow(/abort/);
  await expect.poll(() => readdir(join(lfsFolder(), "uploads")), { timeout: 10_000 }).toEqual([]);
  expect(hub.failures).toEqual([]);
});

test.each<[string, (url: URL) => void]>([
  ["another object", (url) => (url.pathname = url.pathname.replace(/[0-9a-f]{64}/, "0".repeat(64)))],
  ["another size", (url) => url.searchParams.set("size", "1")],
  ["a later end", (url) => url.searchParams.set("expires", String(Date.now() + 1e9))],
  ["another user", (url) => url.searchParams.set("user", "bob")],
  ["another repo", (url) => (url.pathname = url.pathname.replace("large", "other"))],
  ["another signature", (url) => url.searchParams.set("signature", "0".repeat(64))],
  ["no signature", (url) => url.searchParams.delete("signature")],
])("an address that was changed to %s is 403", async (_, change) => {
  await createRepo({ ...hub.as("alice"), repo: { type: "space", name: "alice/other" } }).catch(() => {});
  const url = new URL(await uploadUrl(Buffer.from("changed".repeat(300))));
  change(url);
  expect((await put(url.href, "x")).status).toBe(403);
});

test("an address for an upload is none for a download, and the other way round", async () => {
  const upload = await uploadUrl(Buffer.from("other verb".repeat(300)));
  expect((await fetch(upload.replace("/upload/", "/download/"))).status).toBe(403);
  const { actions } = await ask("download", { oid, size: 100_000 });
  expect((await put((actions?.download?.href ?? "").replace("/download/", "/upload/"), "x")).status).toBe(403);
});

test("an address is over after its time", async () => {
  await using short = await startHub({ limits: { ...limits, lfsUrlLifetimeMs: 1 } });
  await createRepo({ ...short.as("alice"), repo });
  const file = { path: "a.bin", content: new Blob([bytes]) };
  await expect(uploadFile({ ...short.as("alice"), repo, file })).rejects.toMatchObject({ statusCode: 403 });
});

test("the repo takes no more than its limit", async () => {
  await using full = await startHub({ limits: { ...limits, maxLfsRepoBytes: 150_000 } });
  await createRepo({ ...full.as("alice"), repo });
  const upload = (path: string, content: Uint8Array) =>
    uploadFile({ ...full.as("alice"), repo, file: { path, content: new Blob([Uint8Array.from(content)]) } });
  await upload("a.bin", bytes);
  await expect(upload("b.bin", Buffer.from(bytes).reverse())).rejects.toMatchObject({ statusCode: 413 });
  expect(await readdir(join(full.root, "spaces/alice/large.git/lfs/uploads"))).toEqual([]);
});

test("uploads that no commit named in a day are removed by the next one", async () => {
  const uploads = join(lfsFolder(), "uploads");
  const [old, young] = [join(uploads, "0".repeat(64)), join(uploads, "1".repeat(64))];
  for (const path of [old, young]) await writeFile(path, "");
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
  await utimes(old, twoDaysAgo, twoDaysAgo);
  const content = Buffer.from("sweep".repeat(300));
  await put(await uploadUrl(content), content);
  expect((await readdir(uploads)).sort()).toEqual(["1".repeat(64), sha256(content)].sort());
});

test.each([
  ["of another repo", { oid, size: 100_000 }],
  ["that nobody uploaded", { oid: "0".repeat(64), size: 1 }],
])("a commit with an object %s is 400", async (_, object) => {
  await createRepo({ ...hub.as("bob"), repo: { type: "model", name: "bob/thief" } }).catch(() => {});
  const line = { key: "lfsFile", value: { path: "stolen.bin", algo: "sha256", ...object } };
  const commit = { method: "POST", token: "hf_bob", body: commitLines(line) };
  expect((await hub.request("/api/models/bob/thief/commit/main", commit)).status).toBe(400);
});

test("a commit without the size takes that of the object; a wrong size is 400", async () => {
  const commit = (value: object) =>
    hub.request("/api/spaces/alice/large/commit/main", {
      method: "POST",
      token: "hf_alice",
      body: commitLines({ key: "lfsFile", value: { path: "copy.bin", algo: "sha256", oid, ...value } }),
    });
  expect((await commit({ size: 1 })).status).toBe(400);
  expect((await commit({})).status).toBe(200);
  const copy = await get("resolve/main/copy.bin");
  expect(sha256(new Uint8Array(await copy.arrayBuffer()))).toBe(oid);
});

test("a text that only looks like a pointer is that text", async () => {
  const text = pointer.replaceAll(oid, "f".repeat(64));
  await uploadFile({ ...hub.as("alice"), repo, file: { path: "fake.txt", content: new Blob([text]) } });
  expect(await (await get("resolve/main/fake.txt")).text()).toBe(text);
});

test("the secret that addresses are signed with is for this user of the system only", async () => {
  expect((await stat(join(hub.root, "signing.key"))).mode & 0o777).toBe(0o600);
});

test("git finds nothing wrong", () => {
  expect(hub.git("spaces/alice/large", "fsck", "--strict", "--no-dangling")).toBe("");
});
