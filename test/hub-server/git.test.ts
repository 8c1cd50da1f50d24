import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { createRepo, uploadFile } from "@huggingface/hub";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "./hub-fixture.ts";

let hub: TestHub;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hub-git-"));
  hub = await startHub();
  for (const [type, name] of [
    ["space", "alice/open"],
    ["model", "alice/model"],
  ] as const) {
    await createRepo({ ...hub.as("alice"), repo: { type, name } });
    const file = { path: "a.txt", content: new Blob(["one"]) };
    await uploadFile({ ...hub.as("alice"), repo: { type, name }, file });
  }
  await createRepo({ ...hub.as("alice"), repo: { type: "space", name: "acme/secret" }, visibility: "private" });
  const tag = { method: "POST", token: "hf_alice", json: { tag: "v1.0.0", message: "One" } };
  await hub.request("/api/spaces/alice/open/tag/main", tag);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Runs git as a user without any settings, who is asked for nothing. */
async function git(...given: (string | Record<string, string>)[]): Promise<string> {
  const args = given.filter((arg) => typeof arg === "string");
  const env = {
    PATH: process.env["PATH"],
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_LFS_SKIP_SMUDGE: "1",
    ...Object.assign({}, ...given.filter((arg) => typeof arg !== "string")),
  };
  const { stdout } = await promisify(execFile)("git", args, { cwd: folder, env });
  return stdout.trim();
}

const withToken = (path: string, token: string) => `${hub.url.replace("//", `//alice:${token}@`)}/${path}`;

let clones = 0;
async function clone(url: string, ...args: string[]): Promise<string> {
  clones += 1;
  const target = join(folder, `clone-${clones}`);
  await git("clone", "-q", ...args, url, target);
  return target;
}

test.each(["spaces/alice/open", "spaces/alice/open.git", "alice/model", "alice/model.git"])(
  "%s can be cloned, and git finds nothing wrong with it",
  async (path) => {
    const target = await clone(`${hub.url}/${path}`);
    expect(await readFile(join(target, "a.txt"), "utf8")).toBe("one");
    expect(await git("-C", target, "fsck", "--strict")).toBe("");
  },
);

test.each(["0", "1", "2"])("a clone with version %s of the protocol has the tag and its commit", async (version) => {
  const target = await clone(`${hub.url}/spaces/alice/open`, "-c", `protocol.version=${version}`);
  expect(await git("-C", target, "rev-parse", "v1.0.0^{commit}")).toBe(await git("-C", target, "rev-parse", "HEAD"));
});

test("a shallow clone of one tag has one commit", async () => {
  const target = await clone(`${hub.url}/spaces/alice/open`, "--depth", "1", "--branch", "v1.0.0");
  expect(await git("-C", target, "rev-list", "--count", "HEAD")).toBe("1");
});

test("pull brings the commits that came since, and asks in packed requests", async () => {
  const repo = { type: "space", name: "alice/busy" } as const;
  await createRepo({ ...hub.as("alice"), repo });
  for (let index = 0; index < 40; index += 1) {
    const json = { tag: `tag-${index}` };
    await uploadFile({ ...hub.as("alice"), repo, file: { path: "n", content: new Blob([`${index}`]) } });
    await hub.request("/api/spaces/alice/busy/tag/main", { method: "POST", token: "hf_alice", json });
  }
  const target = await clone(`${hub.url}/spaces/alice/busy`);
  await uploadFile({ ...hub.as("alice"), repo, file: { path: "n", content: new Blob(["last"]) } });
  await git("-C", target, "pull", "-q", "--ff-only");
  expect(await readFile(join(target, "n"), "utf8")).toBe("last");
  expect(await git("-C", target, "rev-list", "--count", "HEAD")).toBe("42");
});

test("a private repo is cloned with a token, as a password or as a header", async () => {
  const basic = await clone(withToken("spaces/acme/secret", "hf_alice"));
  expect(await readdir(basic)).toContain("README.md");
  const bearer = await clone(`${hub.url}/spaces/acme/secret`, "-c", "http.extraHeader=Authorization: Bearer hf_alice");
  expect(await readdir(bearer)).toContain("README.md");
});

test.each([
  ["without a token", () => `${hub.url}/spaces/acme/secret`],
  ["with the token of somebody else", () => withToken("spaces/acme/secret", "hf_bob")],
  ["with a token that is none", () => withToken("spaces/acme/secret", "hf_wrong")],
  ["that does not exist", () => withToken("spaces/acme/missing", "hf_alice")],
])("a private repo %s is not cloned", async (_, url) => {
  await expect(clone(url())).rejects.toThrow(/fatal:/);
});

test("whoever has no token is asked for one, as git needs it", async () => {
  const response = await hub.request("/spaces/acme/secret.git/info/refs?service=git-upload-pack");
  expect(response.status).toBe(401);
  expect(response.headers.get("WWW-Authenticate")).toMatch(/^Basic /);
});

test("a password is taken from git only: the API answers it as a wrong token, and asks for none", async () => {
  const headers = { Authorization: `Basic ${Buffer.from("alice:hf_alice").toString("base64")}` };
  const response = await hub.request("/api/whoami-v2", { headers });
  expect([response.status, response.headers.get("WWW-Authenticate")]).toEqual([401, null]);
});

test("git-lfs puts the bytes of large files in their places, of private repos too", async () => {
  await using large = await startHub({ limits: { maxRegularFileBytes: 1_000 } });
  const repo = { type: "space", name: "acme/large" } as const;
  await createRepo({ ...large.as("alice"), repo, visibility: "private" });
  const paths = ["plain.bin", "a folder/[odd] näme*.bin"];
  const upload = (path: string) => ({
    ...large.as("alice"),
    repo,
    file: { path, content: new Blob([path.repeat(500)]) },
  });
  for (const path of paths) await uploadFile(upload(path));
  const filter = (name: string) => ["-c", `filter.lfs.${name}=git-lfs ${name} -- %f`];
  const lfs = ["-c", "filter.lfs.required=true", ...filter("smudge"), ...filter("clean")];
  const target = join(folder, "large");
  const url = large.url.replace("//", "//alice:hf_alice@");
  await git({ GIT_LFS_SKIP_SMUDGE: "0" }, ...lfs, "clone", "-q", `${url}/spaces/acme/large`, target);
  for (const path of paths) expect(await readFile(join(target, path), "utf8")).toBe(path.repeat(500));
  expect(await git(...lfs, "-C", target, "status", "--porcelain")).toBe("");
});

test("push is refused, git's user is told what to do instead, and nothing changes", async () => {
  const target = await clone(withToken("spaces/alice/open", "hf_alice"));
  await writeFile(join(target, "b.txt"), "b");
  await git("-C", target, "add", ".");
  await git("-C", target, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "b");
  await expect(git("-C", target, "push", "origin", "HEAD:main")).rejects.toThrow(/no git push: publish with/);
  await expect(git("-C", target, "push", "origin", "HEAD:refs/tags/v2.0.0")).rejects.toThrow(/no git push/);
  expect(hub.git("spaces/alice/open", "tag").trim()).toBe("v1.0.0");
});

test.each([
  ["a request of an old git", "GET", "info/refs", undefined, 403],
  ["a push", "POST", "git-receive-pack", Buffer.from("0000"), 403],
  ["a request that is not packed as it says", "POST", "git-upload-pack", Buffer.from("garbage"), 400],
  ["a packed request that is too large", "POST", "git-upload-pack", gzipSync(Buffer.alloc(100_000_000)), 400],
])("%s is refused in plain text", async (_, method, path, body, status) => {
  const headers = { "Content-Encoding": "gzip" };
  const response = await hub.request(`/spaces/alice/open/${path}`, { method, headers, ...(body && { body }) });
  expect(response.status).toBe(status);
  expect(response.headers.get("Content-Type")).toMatch(/^text\/plain/);
});

test.each([
  ["nonsense", "nonsense"],
  ["a line that is cut", "0032want 00000"],
  ["a commit that is not there", `0032want ${"1".repeat(40)}\n00000009done\n`],
  ["nothing", ""],
])("a request with %s is no failure of the hub, and learns nothing of its folders", async (_, body) => {
  const response = await hub.request("/spaces/alice/open/git-upload-pack", { method: "POST", body });
  expect([200, 400]).toContain(response.status);
  expect(await response.text()).not.toContain(hub.root);
  expect(hub.failures).toEqual([]);
});

test("a repository that git cannot read is a failure of the hub", async () => {
  await using broken = await startHub();
  await createRepo({ ...broken.as("alice"), repo: { type: "space", name: "alice/broken" } });
  await writeFile(join(broken.root, "spaces/alice/broken.git/HEAD"), "garbage");
  const response = await broken.request("/spaces/alice/broken.git/info/refs?service=git-upload-pack");
  expect([response.status, broken.failures.length]).toEqual([500, 1]);
  expect(await response.text()).not.toContain(broken.root);
});

test("a repo's own settings and hooks run nothing", async () => {
  await createRepo({ ...hub.as("alice"), repo: { type: "space", name: "alice/hooked" } });
  const gitdir = join(hub.root, "spaces/alice/hooked.git");
  const mark = join(folder, "ran");
  await mkdir(join(gitdir, "hooks"));
  for (const hook of ["post-upload-pack", "pre-receive", "reference-transaction"]) {
    await writeFile(join(gitdir, "hooks", hook), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
  }
  await clone(`${hub.url}/spaces/alice/hooked`);
  await expect(readFile(mark)).rejects.toMatchObject({ code: "ENOENT" });
});

test("clones wait for each other, and a client that goes away ends its git", async () => {
  await using small = await startHub({ limits: { maxConcurrentGit: 1 } });
  const repo = { type: "space", name: "alice/slow" } as const;
  await createRepo({ ...small.as("alice"), repo });
  // More than fits into what is buffered between git and a client that does not read.
  const noise = new Uint8Array(15_000_000).map((_, index) => Math.imul(index, 2_654_435_761) >>> 24);
  await uploadFile({ ...small.as("alice"), repo, file: { path: "noise", content: new Blob([noise]) } });
  const head = small.git("spaces/alice/slow", "rev-parse", "main").trim();
  const line = `want ${head}\n`;
  const body = `${(line.length + 4).toString(16).padStart(4, "0")}${line}00000009done\n`;
  const controller = new AbortController();
  const { signal } = controller;
  const first = await small.request("/spaces/alice/slow/git-upload-pack", { method: "POST", body, signal });
  const second = clone(`${small.url}/spaces/alice/slow`, "--depth", "1");
  let cloned = false;
  void second.then(() => (cloned = true));
  await small.request("/spaces/alice/slow/info/refs");
  expect([first.status, cloned]).toEqual([200, false]);
  controller.abort();
  await second;
  expect(small.failures).toEqual([]);
});

test.each(["blob:none", "blob:limit=1k", "tree:1"])("files can be left out of a clone by %s", async (filter) => {
  const target = await clone(`${hub.url}/spaces/alice/open`, "--no-checkout", `--filter=${filter}`);
  expect(await git("-C", target, "rev-parse", "origin/main")).toMatch(/^[0-9a-f]{40}$/);
});

test("files are not left out by patterns that a file of the repo holds: matching them may take for ever", async () => {
  const blob = hub.git("spaces/alice/open", "rev-parse", "main:a.txt").trim();
  const cloning = clone(`${hub.url}/spaces/alice/open`, "--no-checkout", `--filter=sparse:oid=${blob}`);
  await expect(cloning).rejects.toThrowError(/filter 'sparse:oid' not supported/);
});
