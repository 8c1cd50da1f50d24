import {
  createRepo,
  deleteFile,
  downloadFile,
  fileDownloadInfo,
  fileExists,
  listFiles,
  pathsInfo,
  uploadFile,
  uploadFiles,
} from "@huggingface/hub";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collect, commitLines, startHub, type TestHub } from "./hub-fixture.ts";

const repo = { type: "space", name: "alice/files" } as const;
const big = new Uint8Array(3_000_000).map((_, index) => (index * 7919) % 251);
const odd = "a folder/日本 ünï.txt";
let hub: TestHub;
let first: string;

beforeAll(async () => {
  hub = await startHub();
  await createRepo({ ...hub.as("alice"), repo });
  const files = [
    { path: "text.txt", content: new Blob(["0123456789"]) },
    { path: "empty", content: new Blob([]) },
    { path: "dir/big.bin", content: new Blob([big]) },
    { path: odd, content: new Blob(["odd"]) },
  ];
  const made = await uploadFiles({ ...hub.as("alice"), repo, files, commitTitle: "Add files" });
  first = made?.commit.oid ?? "";
  await hub.request(`/api/spaces/alice/files/tag/${first}`, {
    method: "POST",
    token: "hf_alice",
    json: { tag: "one" },
  });
  await hub.request("/api/spaces/alice/files/branch/feat%2Fx", { method: "POST", token: "hf_alice", json: {} });
  const later = { path: "later.txt", content: new Blob(["later"]) };
  await uploadFile({ ...hub.as("alice"), repo, file: later, commitTitle: "Add later" });
});
afterAll(() => hub[Symbol.asyncDispose]());

const before = [".gitattributes", "README.md", "a folder", odd, "dir", "dir/big.bin", "empty", "text.txt"];

test.each([
  ["main", () => "main", [...before.slice(0, -1), "later.txt", "text.txt"]],
  ["a tag", () => "one", before],
  ["a branch with a slash", () => "feat/x", before],
  ["a commit", () => first, before],
  ["the first digits of a commit", () => first.slice(0, 8), before],
])("listFiles of %s", async (_, revision, paths) => {
  const files = await collect(listFiles({ ...hub.as("bob"), repo, revision: revision(), recursive: true }));
  expect(files.map(({ path }) => path)).toEqual(paths);
});

test("listFiles says types, sizes, blob ids and, if asked, the last commit", async () => {
  const files = await collect(listFiles({ ...hub.as("bob"), repo, expand: true }));
  const byPath = Object.fromEntries(files.map((file) => [file.path, file]));
  expect(byPath["text.txt"]).toEqual({
    type: "file",
    path: "text.txt",
    size: 10,
    oid: hub.git("spaces/alice/files", "rev-parse", "main:text.txt").trim(),
    lastCommit: { id: first, title: "Add files", date: expect.stringMatching(/Z$/) },
  });
  expect(byPath["dir"]).toMatchObject({ type: "directory", size: 0, lastCommit: { id: first } });
  expect(byPath["later.txt"]).toMatchObject({ lastCommit: { title: "Add later" } });
});

test.each([
  ["feat/x", "dir"],
  ["main", "dir"],
  [undefined, "a folder"],
])("listFiles of a folder, at %s", async (revision, path) => {
  const at = revision === undefined ? {} : { revision };
  const files = await collect(listFiles({ ...hub.as("bob"), repo, ...at, path }));
  expect(files.map((file) => file.path)).toEqual([path === "dir" ? "dir/big.bin" : odd]);
});

test("listFiles goes on by pages, which later commits do not shift", async () => {
  const pages: string[][] = [];
  let url: string | undefined = `${hub.url}/api/spaces/alice/files/tree/feat/x?recursive=true&limit=3`;
  while (url) {
    const page: Response = await fetch(url);
    pages.push((await page.json()).map(({ path }: { path: string }) => path));
    url = /<(.+)>; rel="next"/.exec(page.headers.get("Link") ?? "")?.[1];
    if (pages.length > 1) continue;
    const body = commitLines({ key: "deletedFolder", value: { path: "dir/" } });
    await hub.request("/api/spaces/alice/files/commit/feat%2Fx", { method: "POST", token: "hf_alice", body });
  }
  expect(pages).toEqual([before.slice(0, 3), before.slice(3, 6), before.slice(6)]);
});

test("listFiles of a folder that is not there is 404", async () => {
  const files = collect(listFiles({ ...hub.as("bob"), repo, path: "nothing" }));
  await expect(files).rejects.toMatchObject({ statusCode: 404 });
});

test("pathsInfo tells files and folders, and leaves out what is missing", async () => {
  const infos = await pathsInfo({ ...hub.as("bob"), repo, paths: ["dir", "text.txt", "missing", odd], expand: true });
  expect(infos.map(({ path, type, size }) => [path, type, size])).toEqual([
    ["dir", "directory", 0],
    ["text.txt", "file", 10],
    [odd, "file", 3],
  ]);
  expect(infos[1]?.lastCommit).toMatchObject({ id: first, title: "Add files" });
});

test("pathsInfo takes a form, as the Python client sends it", async () => {
  const body = new URLSearchParams([
    ["paths", "dir"],
    ["paths", "text.txt"],
    ["expand", "False"],
  ]);
  const response = await hub.request("/api/spaces/alice/files/paths-info/main", { method: "POST", body });
  expect((await response.json()).map(({ path }: { path: string }) => path)).toEqual(["dir", "text.txt"]);
});

async function download(path: string, revision = "main"): Promise<Blob | null> {
  return downloadFile({ ...hub.as("bob"), repo, path, revision });
}

test.each([
  ["text.txt", "main", "0123456789"],
  ["text.txt", "one", "0123456789"],
  ["later.txt", "main", "later"],
  ["empty", "main", ""],
  [encodeURI(odd), "main", "odd"],
])("downloadFile %s at %s", async (path, revision, text) => {
  expect(await (await download(path, revision))?.text()).toBe(text);
});

test("a file of 3 MB comes back byte for byte", async () => {
  expect(new Uint8Array((await (await download("dir/big.bin"))?.arrayBuffer()) ?? [])).toEqual(big);
});

test.each([
  [0, 1],
  [0, 10],
  [3, 7],
  [1_234_567, 2_345_678],
  [2_999_999, 3_000_000],
])("a slice of a download from %i to %i", async (start, end) => {
  const slice = (await download("dir/big.bin"))?.slice(start, end);
  expect(new Uint8Array((await slice?.arrayBuffer()) ?? [])).toEqual(big.slice(start, end));
});

test.each([
  ["later.txt", "one"],
  ["nothing", "main"],
  ["dir", "main"],
])("downloadFile of %s, which is no file at %s, is null", async (path, revision) => {
  expect(await download(path, revision)).toBeNull();
});

test("downloadFile of a missing revision is 404", async () => {
  await expect(download("text.txt", "nothing")).rejects.toMatchObject({ statusCode: 404 });
});

test("fileDownloadInfo says the size and the blob's id", async () => {
  const oid = hub.git("spaces/alice/files", "rev-parse", "main:dir/big.bin").trim();
  const info = await fileDownloadInfo({ ...hub.as("bob"), repo, path: "dir/big.bin" });
  expect(info).toMatchObject({ size: 3_000_000, etag: `"${oid}"` });
});

test.each([
  ["text.txt", true],
  ["nothing", false],
  ["dir", false],
])("fileExists %s: %s", async (path, exists) => {
  expect(await fileExists({ ...hub.as("bob"), repo, path })).toBe(exists);
});

test("deleteFile removes a file; a missing one is 404", async () => {
  await uploadFile({ ...hub.as("alice"), repo, file: { path: "doomed", content: new Blob(["x"]) }, branch: "feat/x" });
  await deleteFile({ ...hub.as("alice"), repo, path: "doomed", branch: "feat/x" });
  expect(await fileExists({ ...hub.as("alice"), repo, path: "doomed", revision: "feat/x" })).toBe(false);
  const again = deleteFile({ ...hub.as("alice"), repo, path: "doomed", branch: "feat/x" });
  await expect(again).rejects.toMatchObject({ statusCode: 404, message: expect.stringContaining("doesn't exist") });
});

test("the repo is clean for git, and the hub reported no failure", () => {
  expect(hub.git("spaces/alice/files", "fsck", "--strict", "--no-dangling")).toBe("");
  expect(hub.failures).toEqual([]);
});
