import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { downloadFileToCacheDir, scanCacheDir } from "@huggingface/hub";
import { cleanCache, installPackages, listCache, loadTool, PackageCache, verifyCache } from "@smoltools/hub";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { countingFetch, testHub } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
let cacheDir: string;
beforeAll(async () => {
  hub = await testHub();
  await hub.publish("kept", "return 'one'");
  await hub.publish("kept", "return 'two'", { version: "1.1.0" });
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), "smoltools-cache-"));
});
afterEach(() => rm(cacheDir, { recursive: true, force: true }));

async function install(...refs: string[]) {
  return installPackages(refs, { ...hub.options({ cacheDir }), lockFile: join(cacheDir, "x.lock") });
}

/** The folder of the hub's packages. */
const hubDir = () => new PackageCache(cacheDir, hub.server.url).dir;

/** Something that another program has put into the cache. */
async function foreignModel(folder = hubDir()): Promise<string> {
  const repo = join(folder, "models--other--model");
  const commit = "c".repeat(40);
  await mkdir(join(repo, "snapshots", commit), { recursive: true });
  await mkdir(join(repo, "blobs"), { recursive: true });
  await mkdir(join(repo, "refs"), { recursive: true });
  await writeFile(join(repo, "blobs", "weights"), "precious");
  await writeFile(join(repo, "refs", "main"), commit);
  await symlink("../../blobs/weights", join(repo, "snapshots", commit, "model.bin"));
  return repo;
}

describe("the cache", () => {
  it("is one that the official client looks through without warnings", async () => {
    await install("acme/kept@1.0.0", "acme/kept@1.1.0", "acme/kept@main");
    const { repos, warnings } = await scanCacheDir(hubDir());
    expect(warnings).toEqual([]);
    expect(repos).toMatchObject([{ id: { name: "acme/kept", type: "space" } }]);
    const revisions = repos[0]?.revisions.map(({ refs }) => [...refs].sort()) ?? [];
    expect(revisions.sort()).toEqual([["main", "v1.1.0"], ["v1.0.0"]]);
  });

  it("is one that the official client looks through where nothing but a commit was named", async () => {
    const { installed } = await install("acme/kept");
    await rm(hubDir(), { recursive: true });
    await install(`acme/kept@${installed[0]?.commit}`);
    expect((await scanCacheDir(hubDir())).warnings).toEqual([]);
  });

  it("gives the official client what smoltools has downloaded", async () => {
    const { installed } = await install("acme/kept@1.0.0");
    const { urls, fetch } = countingFetch();
    const path = await downloadFileToCacheDir({
      repo: { type: "space", name: "acme/kept" },
      path: "dist/tool.mjs",
      revision: installed[0]?.commit ?? "",
      hubUrl: hub.server.url,
      cacheDir: hubDir(),
      fetch,
    });
    expect([await readFile(path, "utf8"), urls]).toEqual([expect.stringContaining("'one'"), []]);
  });

  it("gives smoltools what the official client has downloaded", async () => {
    vi.spyOn(console, "debug").mockReturnValue();
    const { installed } = await install("acme/kept@1.0.0");
    await rm(hubDir(), { recursive: true });
    for (const path of ["tool.json", "dist/tool.mjs"]) {
      await downloadFileToCacheDir({
        repo: { type: "space", name: "acme/kept" },
        path,
        revision: installed[0]?.commit ?? "",
        hubUrl: hub.server.url,
        cacheDir: hubDir(),
      });
    }
    const { urls, fetch } = countingFetch();
    const lockFile = join(cacheDir, "x.lock");
    await using tool = await loadTool("acme/kept@1.0.0", hub.options({ cacheDir, lockFile, fetch }));
    expect([await tool.call({}), urls]).toEqual(["one", []]);
  });

  it("does not believe what the official client wrote of files that are missing", async () => {
    const { installed } = await install("acme/kept@1.0.0");
    const repo = join(hubDir(), "spaces--acme--kept");
    const commit = installed[0]?.commit ?? "";
    const note = join(repo, ".no_exist", commit, "dist", "tool.mjs");
    await mkdir(dirname(note), { recursive: true });
    await writeFile(note, "");
    await rm(join(repo, "snapshots", commit, "dist", "tool.mjs"));
    await using tool = await loadTool("acme/kept@1.0.0", hub.options({ cacheDir }));
    expect(await tool.call({})).toBe("one");
  });

  it("holds each file once, and links to it", async () => {
    await install("acme/kept@1.0.0", "acme/kept@1.1.0");
    const repo = join(hubDir(), "spaces--acme--kept");
    const [first = "", second = ""] = await readdir(join(repo, "snapshots"));
    const target = (commit: string, path: string) => readlink(join(repo, "snapshots", commit, path));
    expect(await target(first, "requirements.txt")).toBe(await target(second, "requirements.txt"));
    expect(await target(first, "dist/tool.mjs")).not.toBe(await target(second, "dist/tool.mjs"));
    expect(await target(first, "dist/tool.mjs")).toMatch(/^\.\.\/\.\.\/\.\.\/blobs\/[0-9a-f]{40}$/);
  });

  it("lies outside of the shared folder for hubs that are not the public one, unless a folder is named", () => {
    vi.stubEnv("HF_HOME", "/srv/hf");
    expect(new PackageCache(undefined, "https://hub.example").dir).toMatch(
      /^\/srv\/hf\/smoltools\/hubs\/hub\.example-/,
    );
    expect(new PackageCache("/srv/mine", "https://hub.example").dir).toMatch(/^\/srv\/mine\/hubs\/hub\.example-/);
    expect(new PackageCache().dir).toBe("/srv/hf/hub");
    vi.unstubAllEnvs();
  });
});

describe("listCache", () => {
  it("lists the packages of smoltools, and nothing else", async () => {
    await install("acme/kept@1.0.0", "acme/kept@1.1.0");
    await foreignModel();
    const packages = await listCache({ cacheDir });
    expect(packages.map(({ repo, version, isIntact }) => [repo, version, isIntact]).sort()).toEqual([
      ["acme/kept", "1.0.0", true],
      ["acme/kept", "1.1.0", true],
    ]);
    expect(packages[0]?.bytes).toBeGreaterThan(100);
  });

  it("is empty where there is no cache", async () => {
    expect(await listCache({ cacheDir: join(cacheDir, "nowhere") })).toEqual([]);
  });
});

describe("verifyCache", () => {
  it("finds no fault with what was downloaded, and finds what was changed since", async () => {
    await install("acme/kept@1.0.0", "acme/kept@1.1.0");
    const before = await verifyCache({ cacheDir });
    expect([before.packages, before.damaged]).toEqual([2, []]);
    const [first] = await listCache({ cacheDir });
    const bundle = first?.files.find(({ path }) => path === "dist/tool.mjs")?.location ?? "";
    await writeFile(bundle, "evil");
    const { damaged } = await verifyCache({ cacheDir });
    expect(damaged.map(({ path, location }) => [path, location])).toEqual([["dist/tool.mjs", bundle]]);
  });

  it("does not make packages look as if they were used", async () => {
    await install("acme/kept@1.0.0");
    const old = new Date("2020-01-01T00:00:00Z");
    const [installed] = await listCache({ cacheDir });
    for (const { location } of installed?.files ?? []) await utimes(location, old, old);
    await verifyCache({ cacheDir });
    const [now] = await listCache({ cacheDir });
    expect(now?.usedMs).toBe(old.getTime());
  });
});

describe("cleanCache", () => {
  it("removes the packages of smoltools, and leaves what others have put there", async () => {
    await install("acme/kept@1.0.0", "acme/kept@1.1.0");
    const model = await foreignModel();
    const { removed, bytes } = await cleanCache({ cacheDir });
    expect(removed).toHaveLength(2);
    expect(bytes).toBeGreaterThan(100);
    expect(existsSync(join(hubDir(), "spaces--acme--kept"))).toBe(false);
    expect(await readFile(join(model, "snapshots", "c".repeat(40), "model.bin"), "utf8")).toBe("precious");
    expect((await scanCacheDir(hubDir())).warnings).toEqual([]);
  });

  it("removes only what was not used for so long, and the bytes that nothing else uses", async () => {
    await install("acme/kept@1.0.0", "acme/kept@1.1.0");
    const old = new Date(Date.now() - 40 * 86_400_000);
    const packages = await listCache({ cacheDir });
    for (const { location } of packages.flatMap(({ files }) => files)) await utimes(location, old, old);
    const second = packages.find(({ version }) => version === "1.1.0") ?? fail();
    const manifest = second.files.find(({ path }) => path === "tool.json")?.location ?? "";
    await utimes(manifest, new Date(), old);
    const { removed } = await cleanCache({ cacheDir, olderThanMs: 30 * 86_400_000 });
    expect(removed.map(({ version }) => version)).toEqual(["1.0.0"]);
    expect((await verifyCache({ cacheDir })).damaged).toEqual([]);
    const { repos, warnings } = await scanCacheDir(hubDir());
    expect([repos[0]?.revisions.map(({ refs }) => refs), warnings]).toEqual([[["v1.1.0"]], []]);
    const left = await readdir(join(hubDir(), "spaces--acme--kept", "blobs"));
    expect(left.sort()).toEqual([...new Set((await listCache({ cacheDir }))[0]?.files.map(({ blob }) => blob))].sort());
  });

  it("removes nothing in a dry run", async () => {
    await install("acme/kept@1.0.0");
    const { removed, bytes } = await cleanCache({ cacheDir, dryRun: true });
    expect([removed.length, bytes > 0, (await listCache({ cacheDir })).length]).toEqual([1, true, 1]);
  });

  it("removes everything when it is told to", async () => {
    await install("acme/kept@1.0.0");
    const model = await foreignModel();
    await cleanCache({ cacheDir, everything: true });
    expect(existsSync(model)).toBe(false);
  });

  it("follows no links out of the cache", async () => {
    await install("acme/kept@1.0.0");
    const outside = join(cacheDir, "outside");
    await mkdir(join(outside, "snapshots", "d".repeat(40)), { recursive: true });
    await writeFile(join(outside, "snapshots", "d".repeat(40), "precious"), "mine");
    await symlink(outside, join(hubDir(), "spaces--evil--link"));
    const [installed] = await listCache({ cacheDir });
    const snapshot = join(installed?.repoFolder ?? "", "snapshots", installed?.commit ?? "");
    await symlink(outside, join(snapshot, "folder"));
    await symlink(join(outside, "snapshots", "d".repeat(40), "precious"), join(snapshot, "file"));
    await cleanCache({ cacheDir, everything: true });
    expect(await readFile(join(outside, "snapshots", "d".repeat(40), "precious"), "utf8")).toBe("mine");
  });

  it("removes what a process left behind that was killed while it wrote, once it is old", async () => {
    await install("acme/kept@1.0.0", "acme/kept@1.1.0");
    const repo = join(hubDir(), "spaces--acme--kept");
    const [first] = await listCache({ cacheDir });
    const stale = join(repo, ".smoltools-1-stale");
    const fresh = join(repo, ".smoltools-1-fresh");
    await writeFile(stale, "x");
    await writeFile(fresh, "x");
    await utimes(stale, new Date(0), new Date(0));
    const old = new Date(0);
    for (const { location } of first?.files ?? []) await utimes(location, old, old);
    await cleanCache({ cacheDir });
    expect([existsSync(stale), existsSync(fresh)]).toEqual([false, true]);
  });
});

function fail(): never {
  throw new Error("this should be there");
}
