import { createRepo, uploadFiles } from "@huggingface/hub";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "./hub-fixture.ts";

const repo = { type: "model", name: "alice/http" } as const;
const at = "/alice/http/resolve/main";
let hub: TestHub;
let head: string;
let etag: string;

beforeAll(async () => {
  hub = await startHub();
  await createRepo({ ...hub.as("alice"), repo });
  const files = [
    { path: "text.txt", content: new Blob(["0123456789"]) },
    { path: "empty.txt", content: new Blob([]) },
    { path: "page.html", content: new Blob(["<script>alert(1)</script>"]) },
    { path: 'a "quoted" ünï.bin', content: new Blob(["x"]) },
  ];
  head = (await uploadFiles({ ...hub.as("alice"), repo, files }))?.commit.oid ?? "";
  etag = `"${hub.git("models/alice/http", "rev-parse", "main:text.txt").trim()}"`;
});
afterAll(() => hub[Symbol.asyncDispose]());

test.each(["resolve", "raw"])("%s sends a file with all that clients need", async (verb) => {
  const response = await hub.request(`/alice/http/${verb}/main/text.txt`);
  expect(await response.text()).toBe("0123456789");
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "x-repo-commit": head,
    etag,
    "content-length": "10",
    "accept-ranges": "bytes",
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
    "cache-control": "public, no-cache",
  });
});

test("HEAD gives the headers of GET and no body", async () => {
  const response = await hub.request(`${at}/text.txt`, { method: "HEAD" });
  expect([response.status, response.headers.get("Content-Length"), response.headers.get("ETag")]).toEqual([
    200,
    "10",
    etag,
  ]);
  expect(response.headers.get("X-Repo-Commit")).toBe(head);
  expect(await response.text()).toBe("");
});

test("HEAD of a missing file is 404 with the error's headers", async () => {
  const response = await hub.request(`${at}/none`, { method: "HEAD" });
  expect([response.status, response.headers.get("X-Error-Code")]).toEqual([404, "EntryNotFound"]);
});

test.each([
  ["bytes=0-0", 206, "bytes 0-0/10", "0"],
  ["bytes=2-4", 206, "bytes 2-4/10", "234"],
  ["bytes=7-", 206, "bytes 7-9/10", "789"],
  ["bytes=-2", 206, "bytes 8-9/10", "89"],
  ["bytes=5-99", 206, "bytes 5-9/10", "56789"],
  ["bytes=10-", 416, "bytes */10", ""],
  ["bytes=0-1,4-5", 200, null, "0123456789"],
  ["nonsense", 200, null, "0123456789"],
])("Range: %s is %i", async (range, status, contentRange, text) => {
  const response = await hub.request(`${at}/text.txt`, { headers: { range } });
  expect([response.status, response.headers.get("Content-Range"), await response.text()]).toEqual([
    status,
    contentRange,
    text,
  ]);
});

test("a range of an empty file is 200 and says that there are 0 bytes", async () => {
  const response = await hub.request(`${at}/empty.txt`, { headers: { range: "bytes=0-0" } });
  const { status, headers } = response;
  expect([status, headers.get("Content-Range"), headers.get("Content-Length"), await response.text()]).toEqual([
    200,
    "bytes */0",
    "0",
    "",
  ]);
});

test.each([
  ["If-None-Match", () => etag, 304],
  ["If-None-Match", () => `"x", W/${etag}`, 304],
  ["If-None-Match", () => "*", 304],
  ["If-None-Match", () => '"x"', 200],
])("%s %s is %i", async (name, value, status) => {
  const response = await hub.request(`${at}/text.txt`, { headers: { [name]: value() } });
  expect([response.status, response.headers.get("ETag")]).toEqual([status, etag]);
});

test("a range of what has changed meanwhile is the whole new file", async () => {
  const headers = { range: "bytes=0-0", "if-range": '"old"' };
  expect((await hub.request(`${at}/text.txt`, { headers })).status).toBe(200);
  expect((await hub.request(`${at}/text.txt`, { headers: { ...headers, "if-range": etag } })).status).toBe(206);
});

test("what a commit holds may be kept for ever", async () => {
  const response = await hub.request(`/alice/http/resolve/${head}/text.txt`);
  expect(response.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
});

test("private files are kept by nobody but the reader", async () => {
  const hidden = { type: "model", name: "alice/hidden" } as const;
  await createRepo({ ...hub.as("alice"), repo: hidden, visibility: "private" });
  const { headers } = await hub.request("/alice/hidden/resolve/main/.gitattributes", { token: "hf_alice" });
  expect([headers.get("Cache-Control"), headers.get("Vary")]).toEqual(["private, no-cache", "Authorization"]);
});

test("a page of a repo cannot act in the name of the hub", async () => {
  const { headers } = await hub.request(`${at}/page.html`);
  expect(headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
  expect(headers.get("Content-Security-Policy")).toBe("default-src 'none'; sandbox");
});

test("any name fits in Content-Disposition", async () => {
  const { headers } = await hub.request(`${at}/${encodeURIComponent('a "quoted" ünï.bin')}?download=true`);
  expect(headers.get("Content-Disposition")).toBe(
    `attachment; filename="a _quoted_ _n_.bin"; filename*=UTF-8''a%20%22quoted%22%20%C3%BCn%C3%AF.bin`,
  );
});

test("a browser may use the hub from any page", async () => {
  const preflight = await hub.request("/api/models/alice/http/commit/main", { method: "OPTIONS" });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("Access-Control-Allow-Origin")).toBe("*");
  expect(preflight.headers.get("Access-Control-Allow-Headers")).toContain("Authorization");
  const { headers } = await hub.request("/api/models/alice/none");
  expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
  expect(headers.get("Access-Control-Expose-Headers")).toContain("X-Error-Code");
});

test("preupload asks for every file in the commit, knows what is there and what .gitignore leaves out", async () => {
  const json = {
    files: ["text.txt", "new.bin", ".env"].map((path) => ({ path, size: 1, sample: "" })),
    gitIgnore: ".env\n",
  };
  const response = await hub.request("/api/models/alice/http/preupload/main", {
    method: "POST",
    token: "hf_alice",
    json,
  });
  expect(await response.json()).toEqual({
    files: [
      { path: "text.txt", uploadMode: "regular", shouldIgnore: false, oid: etag.slice(1, -1) },
      { path: "new.bin", uploadMode: "regular", shouldIgnore: false, oid: null },
      { path: ".env", uploadMode: "regular", shouldIgnore: true, oid: null },
    ],
  });
});

test.each([
  ["---\na: 1\n---\n", 200, 0],
  ["---\na: [\n---\n", 400, 1],
])("validate-yaml of %j is %i", async (content, status, errors) => {
  const json = { content, repoType: "model" };
  const response = await hub.request("/api/validate-yaml", { method: "POST", json });
  const body = await response.json();
  expect([response.status, body.errors.length, body.warnings]).toEqual([status, errors, []]);
});

test("agent-harnesses is empty", async () => {
  const response = await hub.request("/api/agent-harnesses");
  expect(await response.json()).toEqual({ standardEnvVars: [], harnesses: {} });
});

test("auth-check tells whether one may write", async () => {
  const check = async (token: string, end = "") =>
    (await hub.request(`/api/models/alice/http/auth-check${end}`, { token })).status;
  expect([await check("hf_bob"), await check("hf_bob", "/write"), await check("hf_alice", "/write")]).toEqual([
    200, 403, 200,
  ]);
});
