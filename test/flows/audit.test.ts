import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addPackages, auditPackages, deprecateVersions, PackageCache, yankVersion } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countingFetch, editLock, testHub } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
let locks = 0;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const repoOf = (name: string) => ({ repoType: "space" as const, repo: `acme/${name}` });

/** A package that is locked, in a lock file of its own. */
async function locked(name: string, ref = `acme/${name}@^1`) {
  await hub.publish(name, "return 1");
  const options = { ...hub.coldOptions(), lockFile: join(hub.folder, `audit-${locks++}.lock`) };
  const [added] = await addPackages([ref], options);
  return { options, ref, resolved: { ...repoOf(name), commit: added?.commit ?? fail() } };
}

async function codes(options: Parameters<typeof auditPackages>[1]) {
  const { findings } = await auditPackages(undefined, options);
  return findings.map(({ code, severity }) => `${severity} ${code}`);
}

describe("auditPackages", () => {
  it("finds nothing where nothing is wrong", async () => {
    const { options } = await locked("fine");
    expect(await auditPackages(undefined, options)).toEqual({ findings: [], count: 1, otherHubs: [] });
  });

  it("finds versions that were yanked or deprecated, the worst first", async () => {
    const { options, ref } = await locked("withdrawn");
    await deprecateVersions(hub.client(), repoOf("withdrawn"), "1.0.0", { message: "too slow" });
    await yankVersion(hub.client(), repoOf("withdrawn"), "1.0.0", { reason: "wrong units" });
    const { findings } = await auditPackages(undefined, options);
    expect(findings).toMatchObject([
      { code: "VERSION_YANKED", severity: "high", ref, message: expect.stringContaining("wrong units") },
      { code: "UPDATE_BLOCKED", severity: "moderate" },
      { code: "VERSION_DEPRECATED", severity: "low", message: expect.stringContaining("too slow") },
    ]);
  });

  it("finds a tag that is not where it was", async () => {
    const { options, ref } = await locked("moving");
    const { pushed } = await hub.publish("moving", "return 2", { version: "1.1.0" });
    await editLock(options.lockFile, ({ packages }) => {
      const entry = packages[ref] ?? fail();
      packages[ref] = { ...entry, commit: pushed.commit ?? "" };
    });
    expect(await codes(options)).toEqual(["critical TAG_MOVED", "critical CONTENT_CHANGED"]);
  });

  it("finds a tag that is gone", async () => {
    const { options, ref } = await locked("vanished", "acme/vanished");
    await editLock(options.lockFile, ({ packages }) => {
      const entry = packages[ref] ?? fail();
      packages[ref] = { ...entry, version: "1.0.9" };
    });
    expect(await codes(options)).toContain("high TAG_GONE");
  });

  it("finds a package that is gone", async () => {
    const { options } = await locked("deleted");
    const gone = { ...options, fetch: repoGone };
    expect(await codes(gone)).toEqual(["high PACKAGE_GONE"]);
  });

  it("finds what an update would want in addition", async () => {
    const { options } = await locked("growing", "acme/growing");
    await hub.publish("growing", "return 1", { version: "2.0.0", permissions: { net: ["api.example.com"] } });
    const { findings } = await auditPackages(undefined, options);
    expect(findings).toMatchObject([
      { code: "PERMISSIONS_GROWN", message: expect.stringContaining("net api.example") },
    ]);
  });

  it("finds a file in the cache that is damaged, with nothing but the cache to tell", async () => {
    const { options, resolved } = await locked("rotten");
    const cache = new PackageCache(options.cacheDir, options.hubUrl);
    await writeFile(cache.snapshotPath(resolved, "tool.json"), "{}");
    expect(await codes(options)).toEqual(["moderate CACHE_DAMAGED"]);
    // The manifest was downloaded anew, to be compared with the lock file.
    expect(await codes(options)).toEqual([]);
  });

  it("finds a lock file that does not say what the hub has", async () => {
    const { options, ref } = await locked("edited");
    await editLock(options.lockFile, ({ packages }) => {
      const entry = packages[ref] ?? fail();
      packages[ref] = { ...entry, integrity: `sha512-${"A".repeat(86)}==` };
    });
    expect(await codes(options)).toEqual(["critical CONTENT_CHANGED", "moderate CACHE_DAMAGED"]);
  });

  it("finds packages without a signature where there has to be one", async () => {
    const { options } = await locked("unsigned");
    expect(await codes({ ...options, requireSignature: true })).toEqual(["high SIGNATURE_MISSING"]);
  });

  it("is an error, and not all well, where the hub cannot be asked", async () => {
    const { options } = await locked("unasked");
    const offline = { ...options, fetch: () => Promise.reject(new TypeError("no network")) };
    await expect(auditPackages(undefined, offline)).rejects.toMatchObject({ code: "HUB_UNAVAILABLE" });
  });

  it("needs two requests for each package whose manifest is cached", async () => {
    const { options } = await locked("thrifty");
    const { urls, fetch } = countingFetch();
    await auditPackages(undefined, { ...options, fetch });
    expect(urls).toHaveLength(2);
  });
});

/** What a hub answers of a repo that is not there. */
const repoGone: typeof globalThis.fetch = () =>
  Promise.resolve(new Response(null, { status: 404, headers: { "x-error-code": "RepoNotFound" } }));

function fail(): never {
  throw new Error("this should be there");
}
