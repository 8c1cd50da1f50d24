import { writeFile } from "node:fs/promises";
import { createRepo, uploadFile } from "@huggingface/hub";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commitLines, fileLine, startHub, type TestHub } from "./hub-fixture.ts";

const base = "/api/spaces/alice/errors";
let hub: TestHub;

beforeAll(async () => {
  hub = await startHub();
  await createRepo({ ...hub.as("alice"), repo: { type: "space", name: "alice/errors" } });
  const hidden = { type: "space", name: "alice/hidden" } as const;
  await createRepo({ ...hub.as("alice"), repo: hidden, visibility: "private" });
  await uploadFile({ ...hub.as("alice"), repo: hidden, file: { path: "f", content: new Blob(["f"]) } });
});
afterAll(() => hub[Symbol.asyncDispose]());

type Row = [what: string, method: string, path: string, token: string | undefined, status: number, code: string | null];

test.each<Row>([
  ["a missing repo", "GET", "/api/spaces/alice/none", "hf_bob", 404, "RepoNotFound"],
  ["a missing repo, anonymous", "GET", "/api/spaces/alice/none", undefined, 401, "RepoNotFound"],
  ["a private repo", "GET", "/api/spaces/alice/hidden", "hf_bob", 404, "RepoNotFound"],
  ["a private repo, anonymous", "GET", "/api/spaces/alice/hidden", undefined, 401, "RepoNotFound"],
  ["a private file", "GET", "/spaces/alice/hidden/resolve/main/f", "hf_bob", 404, "RepoNotFound"],
  ["a private file, anonymous", "GET", "/spaces/alice/hidden/raw/main/f", undefined, 401, "RepoNotFound"],
  ["a private tree", "GET", "/api/spaces/alice/hidden/tree/main", undefined, 401, "RepoNotFound"],
  ["private refs", "GET", "/api/spaces/alice/hidden/refs", "hf_bob", 404, "RepoNotFound"],
  ["private commits", "GET", "/api/spaces/alice/hidden/commits/main", "hf_bob", 404, "RepoNotFound"],
  ["a commit to a private repo", "POST", "/api/spaces/alice/hidden/commit/main", "hf_bob", 404, "RepoNotFound"],
  ["a repo of an impossible name", "GET", "/api/spaces/..%2F..%2Fetc/passwd", "hf_bob", 404, "RepoNotFound"],
  ["a missing revision", "GET", `${base}/revision/none`, undefined, 404, "RevisionNotFound"],
  [
    "a missing revision of a file",
    "GET",
    "/spaces/alice/errors/resolve/none/README.md",
    undefined,
    404,
    "RevisionNotFound",
  ],
  ["a missing revision of a tree", "GET", `${base}/tree/none/a/b`, undefined, 404, "RevisionNotFound"],
  ["a missing commit", "GET", `${base}/revision/${"a".repeat(40)}`, undefined, 404, "RevisionNotFound"],
  ["a revision that leaves the folder", "GET", `${base}/revision/..%2F..%2FHEAD`, undefined, 404, "RevisionNotFound"],
  ["a missing file", "GET", "/spaces/alice/errors/resolve/main/none", undefined, 404, "EntryNotFound"],
  ["a folder as a file", "GET", "/spaces/alice/errors/resolve/main/", undefined, 404, "EntryNotFound"],
  ["a file as a folder", "GET", `${base}/tree/main/README.md`, undefined, 404, "EntryNotFound"],
  ["a wrong token", "GET", "/api/whoami-v2", "hf_wrong", 401, null],
  ["a wrong token for what is public", "GET", base, "hf_wrong", 401, null],
  ["nobody", "GET", "/api/whoami-v2", undefined, 401, null],
  ["a commit without a token", "POST", `${base}/commit/main`, undefined, 401, null],
  ["a commit with a read token", "POST", `${base}/commit/main`, "hf_reader", 403, null],
  ["a commit of another user", "POST", `${base}/commit/main`, "hf_bob", 403, null],
  ["a preupload of another user", "POST", `${base}/preupload/main`, "hf_bob", 403, null],
  ["a commit without lines", "POST", `${base}/commit/main`, "hf_alice", 400, null],
  ["a pull request", "POST", `${base}/commit/main?create_pr=1`, "hf_alice", 501, null],
  ["moving nothing", "POST", "/api/repos/move", "hf_alice", 400, null],
  ["a discussion", "GET", `${base}/discussions`, undefined, 501, null],
  ["opening a discussion", "POST", `${base}/discussions`, "hf_alice", 501, null],
  ["a token for Xet", "GET", `${base}/xet-write-token/main`, "hf_alice", 501, null],
  ["restarting a Space", "POST", `${base}/restart`, "hf_alice", 501, null],
  ["a missing collection", "GET", `/api/collections/alice/none-${"0".repeat(24)}`, "hf_alice", 404, null],
  ["a bad cursor", "GET", `${base}/tree/main?cursor=xyz`, undefined, 400, null],
  ["a bad limit", "GET", "/api/spaces?limit=0", undefined, 400, null],
  ["a bad percent encoding", "GET", "/api/%zz", undefined, 400, null],
  ["an address that is none", "GET", "/api/kernels/a/b", undefined, 404, null],
  ["the root", "GET", "/", undefined, 404, null],
  ["another method", "PUT", base, "hf_alice", 405, null],
])("%s: %s %s", async (_, method, path, token, status, code) => {
  const response = await hub.request(path, { method, ...(token === undefined ? {} : { token }) });
  expect([response.status, response.headers.get("X-Error-Code")]).toEqual([status, code]);
  const { error } = await response.json();
  expect(error).toMatch(/\w/);
  expect(response.headers.get("X-Error-Message")).toMatch(/^[\x20-\x7e]+$/);
  expect(response.headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(response.headers.get("Content-Type")).toMatch(/^application\/json/);
  expect(error).not.toContain(hub.root);
});

test.each(["Bearer", "Basic YTpoZl9hbGljZQ==", "Bearer hf_alice hf_bob", "hf_alice"])(
  "the Authorization header %j is 401 with the text that the Python client knows",
  async (authorization) => {
    const { status, headers } = await hub.request("/api/whoami-v2", { headers: { authorization } });
    expect([status, headers.get("X-Error-Message")]).toEqual([401, "Invalid credentials in Authorization header"]);
  },
);

test("a missing file tells the commit that was looked at", async () => {
  const response = await hub.request("/spaces/alice/errors/resolve/main/none");
  expect(response.headers.get("X-Repo-Commit")).toBe(hub.git("spaces/alice/errors", "rev-parse", "main").trim());
});

test.each([
  ["no JSON", "{", /is not JSON/],
  ["no header first", JSON.stringify({ key: "file", value: {} }), /first line/],
  ["no summary", JSON.stringify({ key: "header", value: {} }), /"summary" is missing/],
  ["an empty summary", JSON.stringify({ key: "header", value: { summary: " " } }), /summary/],
  ["an unknown operation", commitLines({ key: "chmod", value: { path: "a" } }), /"chmod"/],
  ["no path", commitLines({ key: "file", value: { content: "" } }), /"path" is missing/],
  ["a path that leaves the repo", commitLines(fileLine("../a", "")), /"..\/a".*'\.\.'/],
  ["a path into .git", commitLines(fileLine(".git/hooks/x", "")), /'\.git'/],
  ["a path with a control character", commitLines(fileLine("a\u0007b", "")), /control character/],
  [
    "what is not base64",
    commitLines({ key: "file", value: { path: "a", content: "?", encoding: "base64" } }),
    /a is not base64/,
  ],
  [
    "an unknown encoding",
    commitLines({ key: "file", value: { path: "a", content: "", encoding: "gzip" } }),
    /encoding/,
  ],
  ["a renaming", commitLines({ key: "file", value: { path: "a", content: "", oldPath: "b" } }), /operation "file"/],
  [
    "a file where a folder is",
    commitLines(fileLine("d/x", ""), fileLine("d", "")),
    /d cannot be written: it is a folder/,
  ],
  ["a card that is not YAML", commitLines(fileLine("README.md", "---\na: [\n---\n")), /README.md front matter/],
])("a commit with %s is 400 and says so", async (_, body, error) => {
  const before = hub.git("spaces/alice/errors", "rev-parse", "main");
  const response = await hub.request(`${base}/commit/main`, { method: "POST", token: "hf_alice", body });
  expect(response.status).toBe(400);
  expect((await response.json()).error).toMatch(error);
  expect(hub.git("spaces/alice/errors", "rev-parse", "main")).toBe(before);
});

test("an LFS file that was not uploaded is 400", async () => {
  const body = commitLines({ key: "lfsFile", value: { path: "a", algo: "sha256", oid: "0".repeat(64) } });
  expect((await hub.request(`${base}/commit/main`, { method: "POST", token: "hf_alice", body })).status).toBe(400);
});

test.each([
  ["no name", {}],
  ["a bad name", { name: "a b" }],
  ["a bad type", { name: "x", type: "kernel" }],
  ["a bad sdk", { name: "x", type: "space", sdk: "php" }],
  ["a list", []],
])("creating a repo with %s is 400", async (_, json) => {
  expect((await hub.request("/api/repos/create", { method: "POST", token: "hf_alice", json })).status).toBe(400);
});

test("a failure of the hub is 500, is reported with the request id, and tells the client nothing", async () => {
  await using broken = await startHub();
  await createRepo({ ...broken.as("alice"), repo: { type: "model", name: "alice/x" } });
  await writeFile(`${broken.root}/models/alice/x.git/hub.json`, "{");
  const response = await broken.request("/api/models/alice/x?q=1", { token: "hf_alice" });
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("record");
  expect(broken.failures).toEqual([
    {
      error: expect.objectContaining({ code: "HUB_STORAGE_BROKEN" }),
      request: { id: response.headers.get("X-Request-Id"), method: "GET", path: "/api/models/alice/x" },
    },
  ]);
});
