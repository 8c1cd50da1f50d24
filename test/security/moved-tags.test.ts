import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditPackages, loadTool, updatePackages } from "@smoltools/hub";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { packageOf, sandbox } from "../flows/hub-fixture.ts";
import { serveLocal } from "./lying-hub.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-tags-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const first = "1".repeat(40);
const second = "2".repeat(40);

/** A hub whose one tag can be moved, as those of the public Hub can. */
async function movingHub() {
  const contents = new Map([
    [first, packageOf("return 'good'")],
    [second, packageOf("return 'evil'")],
  ]);
  const state: { target: string | undefined } = { target: first };
  const server = await serveLocal((request, response) => {
    const path = decodeURIComponent(request.url ?? "");
    if (path.endsWith("/refs")) {
      const tags = state.target === undefined ? [] : [{ name: "v1.0.0", targetCommit: state.target }];
      return response.end(JSON.stringify({ branches: [], tags }));
    }
    const [, commit = "", name = ""] = /\/resolve\/([^/]+)\/(.*)$/.exec(path) ?? [];
    const bytes = contents.get(commit)?.files.get(name);
    if (!bytes) return response.writeHead(404, { "x-error-code": "EntryNotFound" }).end();
    return response.end(bytes);
  });
  return { server, state };
}

describe("a tag that is moved after its version was locked", () => {
  it.each([
    ["to another commit", second],
    ["away", undefined],
  ])("%s, is reported before anything is downloaded", async (_title, target) => {
    const { server, state } = await movingHub();
    await using _server = server;
    const options = { hubUrl: server.url, sandbox, retries: 0, lockFile: join(folder, "x.lock") };
    await loadTool("acme/act@^1", { ...options, cacheDir: join(folder, "one") });
    state.target = target;
    server.requests.length = 0;
    const load = loadTool("acme/act@^1", { ...options, cacheDir: join(folder, "two") });
    await expect(load).rejects.toMatchObject({ code: "LOCK_TAG_MOVED" });
    expect(server.requests.some((line) => /\.mjs|tool\.json/.test(line))).toBe(false);
  });

  it("does not matter to who has the package in the cache", async () => {
    const { server, state } = await movingHub();
    await using _server = server;
    const cacheDir = join(folder, "cache");
    const options = { hubUrl: server.url, sandbox, retries: 0, lockFile: join(folder, "x.lock"), cacheDir };
    await using before = await loadTool("acme/act@^1", options);
    expect(await before.call({})).toBe("good");
    state.target = second;
    await using after = await loadTool("acme/act@^1", options);
    expect(await after.call({})).toBe("good");
  });

  it("does not get into the lock file: not by an update, not under another ref", async () => {
    const { server, state } = await movingHub();
    await using _server = server;
    const lockFile = join(folder, "x.lock");
    const options = { hubUrl: server.url, sandbox, retries: 0, lockFile, cacheDir: join(folder, "cache") };
    await loadTool("acme/act@^1", options);
    const before = await readFile(lockFile, "utf8");
    state.target = second;
    const other = loadTool("acme/act@1.0.0", options);
    await expect(other).rejects.toMatchObject({ code: "LOCK_INTEGRITY" });
    const { failed } = await updatePackages(undefined, options);
    expect(failed).toMatchObject([{ ref: "acme/act@^1", error: { code: "LOCK_INTEGRITY" } }]);
    expect(await readFile(lockFile, "utf8")).toBe(before);
  });

  it("is found by an audit", async () => {
    const { server, state } = await movingHub();
    await using _server = server;
    const options = { hubUrl: server.url, retries: 0, lockFile: join(folder, "x.lock"), cacheDir: join(folder, "c") };
    await loadTool("acme/act@^1", { ...options, sandbox });
    state.target = second;
    const { findings } = await auditPackages(undefined, options);
    expect(findings[0]).toMatchObject({ code: "TAG_MOVED", severity: "critical" });
  });
});
