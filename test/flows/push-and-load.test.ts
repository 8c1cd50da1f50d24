import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commit, createRepo } from "@huggingface/hub";
import { isSmoltoolsError } from "@smoltools/core";
import {
  HubClient,
  type LoadOptions,
  loadPackage,
  loadTool,
  manifestName,
  PackageCache,
  pushPackage,
} from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, readToken, testHub, writeToken } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

/** The cache that a load with these options uses. */
function cacheOf({ cacheDir, hubUrl }: LoadOptions): PackageCache {
  return new PackageCache(cacheDir, hubUrl);
}

/** Fetch that counts the requests it performs. */
function countingFetch() {
  const urls: string[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    urls.push(String(input instanceof Request ? input.url : input));
    return globalThis.fetch(input, init);
  };
  return { urls, fetch };
}

describe("push", () => {
  it("publishes one commit and its tag", async () => {
    const { pushed } = await hub.publish("first", "return 1");
    expect(pushed).toMatchObject({
      tag: "v1.0.0",
      createdRepo: true,
      written: expect.arrayContaining(["tool.json", "dist/tool.mjs"]),
    });
    const { tags, branches } = await hub.client().refs({ repoType: "space", repo: "acme/first" });
    expect(tags).toEqual([{ name: "v1.0.0", commit: pushed.commit }]);
    expect(branches).toEqual([{ name: "main", commit: pushed.commit }]);
  });

  it("refuses a version that exists with another content", async () => {
    await hub.publish("twice", "return 1");
    const other = packageOf("return 2", { name: "acme/twice" });
    await expect(pushPackage(hub.client(), other)).rejects.toMatchObject({ code: "VERSION_EXISTS" });
  });

  it("removes files that the new version no longer has", async () => {
    await hub.publish("lean", "return 1", { sources: { "old.ts": "1", "act.ts": "2" } });
    const { pushed } = await hub.publish("lean", "return 2", { version: "1.1.0", sources: { "act.ts": "2" } });
    expect(pushed.deleted).toEqual(["src/old.ts"]);
    expect(pushed.written).not.toContain("src/act.ts");
  });

  it("touches no repo that holds something else, unless it is forced, and never deletes what is not its own", async () => {
    const repo = { type: "space", name: "acme/foreign" } as const;
    const auth = { hubUrl: hub.server.url, accessToken: writeToken };
    await createRepo({ repo, ...auth });
    const content = new Blob(["precious"]);
    await commit({ repo, title: "x", operations: [{ operation: "addOrUpdate", path: "app.py", content }], ...auth });
    const packed = packageOf("return 1", { name: "acme/foreign" });
    await expect(pushPackage(hub.client(), packed)).rejects.toMatchObject({ code: "REPO_NOT_PACKAGE" });
    const forced = await pushPackage(hub.client(), packed, { force: true });
    const files = await hub.client().tree({ repoType: "space", repo: "acme/foreign" }, forced.commit ?? "");
    expect(files.map(({ path }) => path)).toContain("app.py");
  });

  it("does nothing in a dry run", async () => {
    const packed = packageOf("return 1", { name: "acme/dry" });
    expect(await pushPackage(hub.client(), packed, { dryRun: true })).toMatchObject({
      dryRun: true,
      createdRepo: true,
    });
    await expect(hub.client().refs({ repoType: "space", repo: "acme/dry" })).rejects.toMatchObject({
      code: "HUB_REPO_NOT_FOUND",
    });
  });

  it("finishes a push that broke off between commit and tag, without a second commit", async () => {
    const packed = packageOf("return 1", { name: "acme/broken" });
    let tagged = 0;
    const flaky: typeof globalThis.fetch = (input, init) => {
      if (String(input).includes("/tag/") && tagged++ === 0) return Promise.reject(new TypeError("connection lost"));
      return fetch(input, init);
    };
    const client = new HubClient({ hubUrl: hub.server.url, token: writeToken, retries: 0, fetch: flaky });
    await expect(pushPackage(client, packed)).rejects.toMatchObject({ code: "HUB_UNAVAILABLE" });
    const { branches } = await client.refs({ repoType: "space", repo: "acme/broken" });
    const again = await pushPackage(client, packed);
    expect(again).toMatchObject({ commit: branches[0]?.commit, written: [], createdRepo: false });
  });

  it("lets only one of two pushes of the same version through", async () => {
    await hub.publish("race", "return 0");
    const pushes = ["a", "b", "c"].map((text) =>
      pushPackage(hub.client(), packageOf(`return "${text}"`, { name: "acme/race", version: "2.0.0" })),
    );
    const outcomes = await Promise.allSettled(pushes);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const codes = outcomes.flatMap((outcome) =>
      outcome.status === "rejected" ? [(outcome.reason as { code: string }).code] : [],
    );
    expect(codes.every((code) => code === "HUB_CONFLICT" || code === "VERSION_EXISTS")).toBe(true);
  });

  it.each<[string, string | undefined, string]>([
    ["a wrong token", "hf_wrong", "HUB_UNAUTHORIZED"],
    ["no token", undefined, "HUB_UNAUTHORIZED"],
    ["a token that may only read", readToken, "HUB_FORBIDDEN"],
  ])("refuses %s", async (_title, token, code) => {
    const client = new HubClient({ hubUrl: hub.server.url, retries: 0, ...(token !== undefined && { token }) });
    await expect(pushPackage(client, packageOf("return 1", { name: "acme/nobody" }))).rejects.toMatchObject({ code });
  });

  it("never repeats a token in an error", async () => {
    const client = new HubClient({ hubUrl: hub.server.url, retries: 0, token: "hf_verysecret" });
    const error: unknown = await pushPackage(client, packageOf("return 1")).catch((thrown: unknown) => thrown);
    expect(isSmoltoolsError(error)).toBe(true);
    expect(`${JSON.stringify(error)}${(error as Error).stack}`).not.toContain("verysecret");
  });
});

describe("load", () => {
  it("runs a published tool, found by range", async () => {
    await hub.publish("adder", "return input.n + 1");
    await hub.publish("adder", "return input.n + 2", { version: "1.1.0" });
    await hub.publish("adder", "return input.n + 3", { version: "2.0.0-rc.1" });
    await using newest = await loadTool("acme/adder", hub.options());
    await using old = await loadTool("acme/adder@1.0.0", hub.options());
    await using next = await loadTool("acme/adder@2.0.0-rc.1#act", hub.options());
    expect([await newest.call({ n: 1 }), await old.call({ n: 1 }), await next.call({ n: 1 })]).toEqual([3, 2, 4]);
    expect(newest.origin).toMatchObject({ kind: "hub", repo: "acme/adder", version: "1.1.0" });
  });

  it("needs four requests cold and none when it is locked and cached", async () => {
    await hub.publish("counted", "return 1");
    const lockFile = join(hub.folder, "counted.lock");
    const cold = countingFetch();
    const options = hub.coldOptions({ lockFile, fetch: cold.fetch });
    await using first = await loadTool("acme/counted@^1", options);
    await first.call({});
    // Refs and registry at the same time, then the manifest, then the code.
    expect(cold.urls).toHaveLength(4);
    const warm = countingFetch();
    await using second = await loadTool("acme/counted@^1", { ...options, fetch: warm.fetch });
    expect(await second.call({})).toBe(1);
    expect(warm.urls).toEqual([]);
  });

  it("stays at the locked version when a newer one fits", async () => {
    await hub.publish("locked", "return 'old'");
    const lockFile = join(hub.folder, "locked.lock");
    await loadTool("acme/locked@^1", hub.options({ lockFile }));
    await hub.publish("locked", "return 'new'", { version: "1.9.0" });
    await using tool = await loadTool("acme/locked@^1", hub.coldOptions({ lockFile, frozen: true }));
    expect(await tool.call({})).toBe("old");
  });

  it("refuses what a frozen lock file does not hold", async () => {
    await hub.publish("unlocked", "return 1");
    const lockFile = join(hub.folder, "none.lock");
    await expect(loadTool("acme/unlocked", hub.options({ lockFile, frozen: true }))).rejects.toMatchObject({
      code: "LOCK_ENTRY_MISSING",
    });
  });

  it.each<[string, string, string]>([
    ["a repo that is not there", "acme/missing", "HUB_REPO_NOT_FOUND"],
    ["a version that is not there", "acme/ranged@^7", "VERSION_NOT_FOUND"],
    ["a branch that is not there", "acme/ranged@develop", "VERSION_NOT_FOUND"],
    ["a commit that is not there", `acme/ranged@${"0".repeat(40)}`, "HUB_REVISION_NOT_FOUND"],
    ["a tool that is not there", "acme/ranged#other", "TOOL_NOT_FOUND"],
    ["a folder that is not there", "./nowhere", "MANIFEST_MISSING"],
    ["no ref", "ranged", "REF_INVALID"],
  ])("says so for %s", async (_title, ref, code) => {
    await hub.publish("ranged", "return 1").catch(() => {});
    await expect(loadTool(ref, hub.options())).rejects.toMatchObject({ code });
  });

  it("says that a repo has no versions, and loads a branch that is named", async () => {
    await createRepo({ repo: { type: "space", name: "acme/plain" }, hubUrl: hub.server.url, accessToken: writeToken });
    await expect(loadTool("acme/plain", hub.options())).rejects.toMatchObject({ code: "VERSION_NONE" });
    await expect(loadTool("acme/plain@main", hub.options())).rejects.toMatchObject({ code: "MANIFEST_MISSING" });
  });

  it("notices bytes that are not those of the manifest, and keeps nothing of them", async () => {
    const { packed } = await hub.publish("victim", "return 'good'");
    const evil = [...packed.files].map(([path, bytes]) => ({
      operation: "addOrUpdate" as const,
      path,
      content: new Blob([
        path === "dist/tool.mjs" ? Buffer.from(bytes).toString().replace("good", "evil") : new Uint8Array(bytes),
      ]),
    }));
    await commit({
      repo: { type: "space", name: "acme/victim" },
      title: "x",
      operations: evil,
      hubUrl: hub.server.url,
      accessToken: writeToken,
    });
    const options = hub.coldOptions();
    await using tool = await loadTool("acme/victim@main", options);
    await expect(tool.call({})).rejects.toMatchObject({ code: "INTEGRITY_MISMATCH" });
    const blobs = await readdir(join(cacheOf(options).dir, "spaces--acme--victim", "blobs"));
    // The manifest alone: neither the wrong bundle nor a part of it.
    expect(blobs).toHaveLength(1);
  });

  it("notices a manifest that was changed", async () => {
    const { packed } = await hub.publish("forged", "return 1");
    const manifest = JSON.parse(Buffer.from(packed.files.get(manifestName) ?? []).toString());
    manifest.permissions.net.push("evil.example.org");
    await commit({
      repo: { type: "space", name: "acme/forged" },
      title: "x",
      operations: [{ operation: "addOrUpdate", path: manifestName, content: new Blob([JSON.stringify(manifest)]) }],
      hubUrl: hub.server.url,
      accessToken: writeToken,
    });
    await expect(loadTool("acme/forged@main", hub.coldOptions())).rejects.toMatchObject({ code: "INTEGRITY_MISMATCH" });
  });

  it("downloads a file again that was damaged in the cache", async () => {
    await hub.publish("damaged", "return 1");
    const options = hub.coldOptions();
    await using first = await loadPackage("acme/damaged", options);
    await first.download();
    const file = cacheOf(options).snapshotPath(first.resolved ?? fail(), "dist/tool.mjs");
    await writeFile(file, "export const tools = { act: () => 'evil' }");
    await using second = await loadTool("acme/damaged", options);
    expect(await second.call({})).toBe(1);
    expect(await readFile(file, "utf8")).not.toContain("evil");
  });

  it("refuses a copy of a package under another name", async () => {
    const { packed } = await hub.publish("original", "return 1");
    await createRepo({ repo: { type: "space", name: "acme/copy" }, hubUrl: hub.server.url, accessToken: writeToken });
    await commit({
      repo: { type: "space", name: "acme/copy" },
      title: "x",
      operations: [...packed.files].map(([path, bytes]) => ({
        operation: "addOrUpdate" as const,
        path,
        content: new Blob([new Uint8Array(bytes)]),
      })),
      hubUrl: hub.server.url,
      accessToken: writeToken,
    });
    await expect(loadTool("acme/copy@main", hub.coldOptions())).rejects.toMatchObject({ code: "MANIFEST_MISMATCH" });
  });

  it("keeps the layout of the official clients' cache", async () => {
    const { pushed } = await hub.publish("shared", "return 1");
    const options = hub.coldOptions();
    await using loaded = await loadPackage("acme/shared@^1", options);
    await loaded.download();
    const folder = join(cacheOf(options).dir, "spaces--acme--shared");
    expect(await readFile(join(folder, "refs", "v1.0.0"), "utf8")).toBe(pushed.commit);
    expect((await stat(join(folder, "snapshots", pushed.commit ?? "", "dist", "tool.mjs"))).isFile()).toBe(true);
  });

  it("survives two processes that fill the cache at the same time", async () => {
    await hub.publish("busy", "return 1");
    const options = hub.coldOptions();
    const loads = Array.from({ length: 8 }, async () => {
      await using loaded = await loadPackage("acme/busy", options);
      return loaded.download();
    });
    expect(new Set(await Promise.all(loads)).size).toBe(1);
  });
});

describe("a loaded tool", () => {
  it("fetches its code again after the connection was lost", async () => {
    await hub.publish("flaky", "return 1");
    let lost = 0;
    const fetch: typeof globalThis.fetch = (input, init) =>
      String(input).endsWith("tool.mjs") && lost++ === 0
        ? Promise.reject(new TypeError("connection lost"))
        : globalThis.fetch(input, init);
    await using tool = await loadTool("acme/flaky", hub.coldOptions({ fetch }));
    await expect(tool.call({})).rejects.toMatchObject({ code: "HUB_UNAVAILABLE" });
    expect(await tool.call({})).toBe(1);
  });

  it("outlives the signal of its loading", async () => {
    await hub.publish("outlives", "return 1");
    const abort = new AbortController();
    await using tool = await loadTool("acme/outlives", hub.coldOptions({ signal: abort.signal }));
    abort.abort();
    expect(await tool.call({})).toBe(1);
  });

  it("works where the cache cannot be written", async () => {
    await hub.publish("uncached", "return 1");
    const file = join(hub.folder, "not-a-folder");
    await writeFile(file, "");
    await using tool = await loadTool("acme/uncached", hub.options({ cacheDir: file }));
    expect(await tool.call({})).toBe(1);
  });
});

function fail(): never {
  throw new Error("this should be there");
}
