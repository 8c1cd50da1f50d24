import { join } from "node:path";
import { commit } from "@huggingface/hub";
import { deprecateVersions, type LoadWarning, loadTool, yankVersion } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countingFetch, testHub, writeToken } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const repoOf = (name: string) => ({ repoType: "space" as const, repo: `acme/${name}` });

/** Options that note what they are warned of. */
function warned() {
  const warnings: LoadWarning[] = [];
  return { warnings, onWarning: (warning: LoadWarning) => void warnings.push(warning) };
}

describe("a yanked version", () => {
  it("is skipped by ranges and by no revision, and given for its exact version with a warning", async () => {
    await hub.publish("leaky", "return 'old'");
    await hub.publish("leaky", "return 'leaky'", { version: "1.1.0" });
    await yankVersion(hub.client(), repoOf("leaky"), "1.1.0", { reason: "leaks" });
    const { warnings, onWarning } = warned();
    await using newest = await loadTool("acme/leaky", hub.options({ onWarning }));
    await using ranged = await loadTool("acme/leaky@^1", hub.options({ onWarning }));
    expect([await newest.call({}), await ranged.call({}), warnings]).toEqual(["old", "old", []]);
    await using exact = await loadTool("acme/leaky@1.1.0", hub.options({ onWarning }));
    expect(await exact.call({})).toBe("leaky");
    expect(warnings).toEqual([
      { code: "VERSION_YANKED", ref: "acme/leaky@1.1.0", message: expect.stringContaining("(leaks)") },
    ]);
  });

  it("is given to who has it locked: with a warning where it is downloaded, without a request where it is cached", async () => {
    await hub.publish("pinned-leak", "return 'leaky'");
    const lockFile = join(hub.folder, "leak.lock");
    await loadTool("acme/pinned-leak@^1", hub.options({ lockFile }));
    await yankVersion(hub.client(), repoOf("pinned-leak"), "1.0.0", { reason: "leaks" });
    const { warnings, onWarning } = warned();
    const options = hub.coldOptions({ lockFile, onWarning });
    await using cold = await loadTool("acme/pinned-leak@^1", options);
    expect([await cold.call({}), warnings.map(({ code }) => code)]).toEqual(["leaky", ["VERSION_YANKED"]]);
    const { urls, fetch } = countingFetch();
    await using warm = await loadTool("acme/pinned-leak@^1", { ...options, fetch });
    expect([await warm.call({}), urls, warnings.length]).toEqual(["leaky", [], 1]);
  });

  it("is told where nothing else fits", async () => {
    await hub.publish("only-leak", "return 1");
    await yankVersion(hub.client(), repoOf("only-leak"), "1.0.0", { reason: "leaks" });
    await expect(loadTool("acme/only-leak@^1", hub.options())).rejects.toMatchObject({ code: "VERSION_YANKED" });
  });
});

describe("a deprecated version", () => {
  it("is given with a warning", async () => {
    await hub.publish("slow", "return 1");
    await deprecateVersions(hub.client(), repoOf("slow"), "1.0.0", { message: "too slow", use: "acme/fast" });
    await deprecateVersions(hub.client(), repoOf("slow"), undefined, { message: "not maintained" });
    const { warnings, onWarning } = warned();
    await loadTool("acme/slow", hub.options({ onWarning }));
    expect(warnings.map(({ code, message }) => [code, message])).toEqual([
      ["VERSION_DEPRECATED", "acme/slow 1.0.0 is deprecated: too slow (use acme/fast)"],
      ["PACKAGE_DEPRECATED", "acme/slow is deprecated: not maintained"],
    ]);
  });
});

describe("a registry.json that cannot be read", () => {
  it("keeps ranges from being resolved, and warns of an exact version", async () => {
    await hub.publish("garbled", "return 1");
    await commit({
      repo: { type: "space", name: "acme/garbled" },
      title: "x",
      operations: [{ operation: "addOrUpdate", path: "registry.json", content: new Blob(['{"schemaVersion":1}']) }],
      hubUrl: hub.server.url,
      accessToken: writeToken,
    });
    await expect(loadTool("acme/garbled@^1", hub.options())).rejects.toMatchObject({
      code: "REGISTRY_INVALID",
      message: expect.stringContaining("name one exactly"),
    });
    const { warnings, onWarning } = warned();
    await loadTool("acme/garbled@1.0.0", hub.options({ onWarning }));
    expect(warnings.map(({ code }) => code)).toEqual(["REGISTRY_UNREADABLE"]);
  });
});

describe("the registry", () => {
  it("costs one request beside that for the refs, and no repetition where there is no such file", async () => {
    await hub.publish("unregistered", "return 1");
    const { urls, fetch } = countingFetch();
    await loadTool("acme/unregistered", hub.coldOptions({ fetch, retries: 3 }));
    expect(urls.map((url) => url.replace(/^.*\/(?=refs|registry|tool)/, ""))).toEqual(
      expect.arrayContaining(["refs", "registry.json", "tool.json"]),
    );
    expect(urls).toHaveLength(3);
  });
});
