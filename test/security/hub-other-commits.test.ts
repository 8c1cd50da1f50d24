import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPackage, loadTool, PackageCache, pushPackage } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, sandbox, testHub } from "../flows/hub-fixture.ts";
import { lyingHub } from "./lying-hub.ts";

let folder: string;
let hub: Awaited<ReturnType<typeof testHub>>;
beforeAll(async () => {
  hub = await testHub();
  folder = await mkdtemp(join(tmpdir(), "smoltools-commits-"));
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe("a hub that says that its files are those of a commit", () => {
  it("cannot put them in place of another hub's by naming the same commit", async () => {
    const { commit } = await pushPackage(hub.client(), packageOf("return 'good'", { name: "acme/victim" }));
    const cacheDir = join(folder, "shared-cache");
    await using liar = await lyingHub({
      commit: commit ?? "",
      packed: packageOf("return 'evil'", { name: "acme/victim" }),
    });
    await using evil = await loadTool("acme/victim@1.0.0", { hubUrl: liar.url, sandbox, cacheDir });
    expect(await evil.call({})).toBe("evil");
    await using good = await loadTool("acme/victim@1.0.0", hub.options({ cacheDir }));
    expect(await good.call({})).toBe("good");
  });

  it("does not get what was granted to the package of this name on another hub, not even by an update", async () => {
    await hub.publish("granted", "return process.env.KEY", { permissions: { env: ["KEY"] } });
    const lockFile = join(folder, "granted.lock");
    await loadTool("acme/granted@1", hub.options({ lockFile, permissions: "declared" }));
    const before = await readFile(lockFile, "utf8");
    const packed = packageOf("return process.env.KEY", { name: "acme/granted", permissions: { env: ["KEY"] } });
    await using liar = await lyingHub({ packed });
    const elsewhere = hub.options({ hubUrl: liar.url, lockFile, update: true, env: { KEY: "secret" } });
    await expect(loadTool("acme/granted@1", elsewhere)).rejects.toMatchObject({ code: "LOCK_OTHER_HUB" });
    expect(await readFile(lockFile, "utf8")).toBe(before);
  });

  it("cannot overwrite the file of another version by repeating its etag", async () => {
    const cacheDir = join(folder, "etag-cache");
    const etag = "b".repeat(40);
    await using first = await lyingHub({ packed: packageOf("return 'one'"), etag });
    await using loaded = await loadPackage("acme/act", { hubUrl: first.url, sandbox, cacheDir });
    await loaded.download();
    const cache = new PackageCache(cacheDir, first.url);
    const at = loaded.resolved ?? { repoType: "space", repo: "", commit: "" };
    const before = await readFile(cache.snapshotPath(at, "dist/tool.mjs"), "utf8");
    const other = { repoType: "space", repo: "acme/act", commit: "c".repeat(40) } as const;
    await cache.write(other, "dist/tool.mjs", Buffer.from("evil"), etag);
    expect(await readFile(cache.snapshotPath(at, "dist/tool.mjs"), "utf8")).toBe(before);
  });

  it.each([
    ["another package", { name: "acme/other" }],
    ["another version", { version: "9.9.9" }],
  ])("cannot pass %s off as the one that was asked for", async (_title, more) => {
    await using liar = await lyingHub({ packed: packageOf("return 'evil'", more) });
    const load = loadTool("acme/act", { hubUrl: liar.url, sandbox, cacheDir: join(folder, "passed-off"), retries: 0 });
    await expect(load).rejects.toMatchObject({ code: "MANIFEST_MISMATCH" });
  });

  it("cannot change what was locked under the same commit", async () => {
    const lockFile = join(folder, "commit.lock");
    let packed = packageOf("return 'good'");
    await using liar = await lyingHub({
      file: (_request, response, path) =>
        void response.end(packed.files.get(path.split(`/${"a".repeat(40)}/`)[1] ?? "")),
    });
    const options = { hubUrl: liar.url, sandbox, lockFile, retries: 0 };
    const ref = `acme/act@${"a".repeat(40)}`;
    await loadTool(ref, { ...options, cacheDir: join(folder, "c1") });
    packed = packageOf("return 'evil'");
    const again = loadTool(ref, { ...options, cacheDir: join(folder, "c2") });
    await expect(again).rejects.toMatchObject({ code: "LOCK_INTEGRITY" });
    const anew = loadTool("acme/act@1.0.0", { ...options, cacheDir: join(folder, "c3") });
    await expect(anew).rejects.toMatchObject({ code: "LOCK_INTEGRITY" });
    const updated = loadTool(ref, { ...options, cacheDir: join(folder, "c4"), update: true });
    await expect(updated).rejects.toMatchObject({ code: "LOCK_INTEGRITY" });
  });
});
