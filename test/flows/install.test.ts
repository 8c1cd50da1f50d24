import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { snapshotDownload } from "@huggingface/hub";
import {
  addPackages,
  installPackages,
  listOutdated,
  LockFile,
  PackageCache,
  updatePackages,
  yankVersion,
} from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { countingFetch, editLock, testHub } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
let locks = 0;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

/** Options with a lock file of their own. */
function lockOptions(more: object = {}) {
  return { ...hub.options(), lockFile: join(hub.folder, `install-${locks++}.lock`), ...more };
}

describe("installPackages", () => {
  it("downloads everything that is locked, as it is locked", async () => {
    await hub.publish("one", "return 1");
    await hub.publish("two", "return 2");
    const options = lockOptions();
    await addPackages(["acme/one@^1", "acme/two"], options);
    await hub.publish("one", "return 11", { version: "1.1.0" });
    const before = await readFile(options.lockFile, "utf8");
    const { installed } = await installPackages(undefined, {
      ...hub.coldOptions(),
      lockFile: options.lockFile,
      frozen: true,
    });
    expect(installed.map(({ ref, version, wasLocked }) => [ref, version, wasLocked])).toEqual([
      ["acme/one@^1", "1.0.0", true],
      ["acme/two", "1.0.0", true],
    ]);
    expect(await readFile(options.lockFile, "utf8")).toBe(before);
  });

  it("needs no network for what is cached", async () => {
    await hub.publish("offline", "return 1");
    const options = lockOptions({ cacheDir: join(hub.folder, "offline-cache") });
    await installPackages(["acme/offline@1"], options);
    const { urls, fetch } = countingFetch();
    const { installed } = await installPackages(undefined, { ...options, fetch, frozen: true });
    expect([installed.length, urls]).toEqual([1, []]);
  });

  it("mends what is damaged in the cache, and says what is wrong where there is no network to mend it with", async () => {
    await hub.publish("mended", "return 1");
    const options = lockOptions(hub.coldOptions());
    const [added] = await addPackages(["acme/mended"], options);
    await installPackages(undefined, options);
    const cache = new PackageCache(options.cacheDir, options.hubUrl);
    const file = cache.snapshotPath(
      { repoType: "space", repo: "acme/mended", commit: added?.commit ?? fail() },
      "dist/tool.mjs",
    );
    await writeFile(file, "evil");
    const offline = { ...options, fetch: () => Promise.reject(new TypeError("no network")) };
    await expect(installPackages(undefined, offline)).rejects.toMatchObject({ code: "INTEGRITY_MISMATCH" });
    await installPackages(undefined, options);
    expect(await readFile(file, "utf8")).toContain("return 1");
  });

  it("refuses refs that are not locked where the lock file is frozen", async () => {
    await hub.publish("strange", "return 1");
    const install = installPackages(["acme/strange"], lockOptions({ frozen: true }));
    await expect(install).rejects.toMatchObject({ code: "LOCK_ENTRY_MISSING" });
  });

  it("leaves refs of other hubs alone, and names them", async () => {
    await hub.publish("mixed", "return 1");
    const options = lockOptions();
    await addPackages(["acme/mixed"], options);
    await editLock(options.lockFile, ({ packages }) => {
      const entry = packages["acme/mixed"] ?? fail();
      packages["acme/mixed@1"] = { ...entry, hub: "https://hub.example" };
    });
    const { installed, otherHubs } = await installPackages(undefined, options);
    expect([installed.map(({ ref }) => ref), otherHubs]).toEqual([["acme/mixed"], ["acme/mixed@1"]]);
  });

  it("needs fewer requests for a whole package than the official client", async () => {
    const sources = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`file${i}.ts`, `${i}\n`]));
    const { packed } = await hub.publish("whole", "return 1", { sources });
    const own = countingFetch();
    await installPackages(["acme/whole@1.0.0"], lockOptions({ ...hub.coldOptions(), fetch: own.fetch }));
    // Refs, registry, manifest, and one for each other file.
    expect(own.urls).toHaveLength(packed.files.size + 2);
    const official = countingFetch();
    vi.spyOn(console, "debug").mockReturnValue();
    await snapshotDownload({
      repo: { type: "space", name: "acme/whole" },
      revision: "v1.0.0",
      hubUrl: hub.server.url,
      cacheDir: join(hub.folder, "official-cache"),
      fetch: official.fetch,
    });
    expect(official.urls.length).toBeGreaterThan(2 * own.urls.length);
  });

  it("ends with the caller's reason when it is aborted, and begins nothing more", async () => {
    const sources = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`file${i}.ts`, `${i}\n`]));
    await hub.publish("aborted", "return 1", { sources });
    const abort = new AbortController();
    const reason = new Error("enough");
    const { urls, fetch } = countingFetch();
    const aborting: typeof fetch = (input, init) => {
      if (urls.length === 6) abort.abort(reason);
      return fetch(input, init);
    };
    const options = lockOptions({ ...hub.coldOptions(), fetch: aborting, signal: abort.signal });
    await expect(installPackages(["acme/aborted"], options)).rejects.toBe(reason);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(urls.length).toBeLessThan(20);
  });
});

describe("addPackages", () => {
  it("locks what fits, and leaves what is locked as it is", async () => {
    await hub.publish("added", "return 1", { permissions: { env: ["KEY"] } });
    const options = lockOptions();
    await expect(addPackages(["acme/added@^1"], options)).rejects.toMatchObject({ code: "PERMISSION_NOT_GRANTED" });
    const [first] = await addPackages(["acme/added@^1"], { ...options, permissions: "declared" });
    await hub.publish("added", "return 2", { version: "1.1.0", permissions: { env: ["KEY"] } });
    const [again] = await addPackages(["acme/added@^1"], options);
    expect([first?.wasLocked, again?.wasLocked, again?.version]).toEqual([false, true, "1.0.0"]);
  });

  it("reads the address of the package's page", async () => {
    await hub.publish("pasted", "return 1");
    const [added] = await addPackages([`${hub.server.url}/spaces/acme/pasted`], lockOptions());
    expect(added?.ref).toBe("acme/pasted");
  });

  it.each(["./folder", "file:x.tgz"])("refuses %s", async (ref) => {
    await expect(addPackages([ref], lockOptions())).rejects.toMatchObject({ code: "REF_INVALID" });
  });
});

describe("updatePackages", () => {
  it("locks the newest version that fits, and says what changes", async () => {
    await hub.publish("moving", "return 1");
    const options = lockOptions();
    await addPackages(["acme/moving@^1", "acme/moving@1.0.0"], options);
    const tools = [
      { name: "act", description: "Acts.", inputSchema: { type: "object" as const, properties: {}, required: ["q"] } },
    ];
    await hub.publish("moving", "return 2", { version: "1.1.0" });
    await hub.publish("moving", "return 3", { version: "2.0.0", tools });
    const { updated, unchanged } = await updatePackages(undefined, options);
    expect(unchanged).toEqual(["acme/moving@1.0.0"]);
    expect(updated).toMatchObject([
      {
        ref: "acme/moving@^1",
        before: { version: "1.0.0" },
        after: { version: "1.1.0" },
        grown: { env: [] },
        compatibility: { bump: expect.any(String) },
      },
    ]);
    expect((await new LockFile(options.lockFile).entry("acme/moving@^1"))?.version).toBe("1.1.0");
  });

  it("does not update to a version that wants more than it was granted, and updates the others", async () => {
    await hub.publish("hungry", "return 1");
    await hub.publish("content", "return 1");
    const options = lockOptions();
    await addPackages(["acme/hungry", "acme/content"], options);
    await hub.publish("hungry", "return 2", { version: "2.0.0", permissions: { env: ["KEY"] } });
    await hub.publish("content", "return 2", { version: "1.0.1" });
    const first = await updatePackages(undefined, options);
    expect(first.failed).toMatchObject([{ ref: "acme/hungry", error: { code: "PERMISSION_NOT_GRANTED" } }]);
    expect(first.updated.map(({ ref }) => ref)).toEqual(["acme/content"]);
    const second = await updatePackages(["acme/hungry"], { ...options, permissions: () => true });
    expect(second.updated).toMatchObject([{ grown: { env: ["KEY"] } }]);
    expect((await new LockFile(options.lockFile).entry("acme/hungry"))?.permissions.env).toEqual(["KEY"]);
  });

  it("says when the version that fits is older than the one that is locked", async () => {
    await hub.publish("receding", "return 1");
    await hub.publish("receding", "return 2", { version: "1.1.0" });
    const options = lockOptions();
    await addPackages(["acme/receding@^1"], options);
    const repo = { repoType: "space" as const, repo: "acme/receding" };
    await yankVersion(hub.client(), repo, "1.1.0", { reason: "wrong" });
    const { updated } = await updatePackages(undefined, options);
    expect(updated).toMatchObject([{ before: { version: "1.1.0" }, after: { version: "1.0.0" }, isOlder: true }]);
  });

  it("changes nothing in a dry run", async () => {
    await hub.publish("rehearsed", "return 1");
    const options = lockOptions();
    await addPackages(["acme/rehearsed"], options);
    await hub.publish("rehearsed", "return 2", { version: "2.0.0", permissions: { env: ["KEY"] } });
    const before = await readFile(options.lockFile, "utf8");
    const { updated, failed } = await updatePackages(undefined, { ...options, dryRun: true });
    expect([updated.length, failed, await readFile(options.lockFile, "utf8")]).toEqual([1, [], before]);
  });

  it("refuses a ref that is not locked", async () => {
    await expect(updatePackages(["acme/nowhere"], lockOptions())).rejects.toMatchObject({ code: "LOCK_ENTRY_MISSING" });
  });
});

describe("listOutdated", () => {
  it("tells what an update would lock, what is newest, and what was withdrawn", async () => {
    await hub.publish("behind", "return 1");
    await hub.publish("fresh", "return 1");
    await hub.publish("bad", "return 1");
    const options = lockOptions();
    await addPackages(["acme/behind@^1", "acme/fresh@^1", "acme/bad@^1"], options);
    await hub.publish("behind", "return 2", { version: "1.2.0" });
    await hub.publish("behind", "return 3", { version: "2.0.0", permissions: { env: ["KEY"] } });
    await yankVersion(hub.client(), { repoType: "space", repo: "acme/bad" }, "1.0.0", { reason: "wrong units" });
    expect(await listOutdated(undefined, options)).toMatchObject({
      count: 3,
      outdated: [
        { ref: "acme/bad@^1", locked: "1.0.0", yanked: { reason: "wrong units" }, problem: { code: "VERSION_YANKED" } },
        { ref: "acme/behind@^1", locked: "1.0.0", wanted: "1.2.0", latest: "2.0.0" },
      ],
    });
  });

  it("looks at each package once, however many refs there are of it", async () => {
    await hub.publish("many", "return 1");
    const options = lockOptions();
    await addPackages(["acme/many", "acme/many@1", "acme/many@^1", "acme/many@1.0.0"], options);
    const { urls, fetch } = countingFetch();
    expect((await listOutdated(undefined, { ...options, fetch })).count).toBe(4);
    expect(urls).toHaveLength(2);
  });
});

function fail(): never {
  throw new Error("this should be there");
}
