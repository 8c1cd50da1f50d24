import { commit } from "@huggingface/hub";
import { deprecateVersions, HubClient, type Manifest, pushPackage, readRegistry, yankVersion } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, testHub, writeToken } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

function push(name: string, version: string, source = version) {
  return pushPackage(hub.client(), packageOf("return 1", { name, version, sources: { "act.ts": `${source}\n` } }));
}

function codes(outcomes: PromiseSettledResult<unknown>[]): unknown[] {
  return outcomes.map((outcome) =>
    outcome.status === "fulfilled" ? "done" : (outcome.reason as { code: string }).code,
  );
}

/** A client that does something else before the first request of this kind. */
function interrupted(part: string, work: () => Promise<unknown>): HubClient {
  let done = false;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (!done && init?.method === "POST" && String(input).includes(part)) {
      done = true;
      await work();
    }
    return globalThis.fetch(input, init);
  };
  return new HubClient({ hubUrl: hub.server.url, token: writeToken, retries: 0, fetch });
}

function foreignCommit(name: string, path: string) {
  return commit({
    repo: { type: "space", name },
    title: "by hand",
    operations: [{ operation: "addOrUpdate", path, content: new Blob(["mine"]) }],
    hubUrl: hub.server.url,
    accessToken: writeToken,
  });
}

describe("publishers at the same time", () => {
  it("all get different versions through", async () => {
    const repo = { repoType: "space" as const, repo: "acme/crowd" };
    await push(repo.repo, "1.0.0");
    const versions = ["1.1.0", "1.2.0", "1.3.0", "2.0.0", "1.0.1"];
    expect(codes(await Promise.allSettled(versions.map((version) => push(repo.repo, version))))).toEqual(
      versions.map(() => "done"),
    );
    const { tags } = await hub.client().refs(repo);
    for (const { name, commit: tagged } of tags) {
      const { bytes } = await hub.client().file(repo, tagged, "tool.json", 1e6);
      expect(`v${(JSON.parse(String(Buffer.from(bytes))) as Manifest).version}`).toBe(name);
    }
  });

  it("let exactly one of those with the same version win; the others are told", async () => {
    await push("acme/rivals", "1.0.0");
    const rivals = Array.from({ length: 6 }, (_, i) => push("acme/rivals", "1.1.0", `rival ${i}`));
    expect(codes(await Promise.allSettled(rivals)).sort()).toEqual([
      "VERSION_EXISTS",
      "VERSION_EXISTS",
      "VERSION_EXISTS",
      "VERSION_EXISTS",
      "VERSION_EXISTS",
      "done",
    ]);
  });

  it("all succeed with the same version and the same content", async () => {
    const twins = Array.from({ length: 5 }, () => push("acme/twins", "1.0.0"));
    const outcomes = await Promise.all(twins);
    expect(new Set(outcomes.map((outcome) => outcome.commit)).size).toBe(1);
  });
});

describe("a push that somebody interrupts", () => {
  it("with a commit goes on, and keeps what they committed", async () => {
    await push("acme/meanwhile", "1.0.0");
    const client = interrupted("/commit/", () => foreignCommit("acme/meanwhile", "notes.txt"));
    const pushed = await pushPackage(client, packageOf("return 2", { name: "acme/meanwhile", version: "1.0.1" }));
    const tree = await hub.client().tree({ repoType: "space", repo: "acme/meanwhile" }, pushed.commit ?? "");
    expect(tree.map(({ path }) => path)).toContain("notes.txt");
  });

  it("with the same version is refused", async () => {
    await push("acme/overtaken", "1.0.0");
    const client = interrupted("/commit/", () => push("acme/overtaken", "1.0.1", "faster"));
    const late = pushPackage(client, packageOf("return 2", { name: "acme/overtaken", version: "1.0.1" }));
    await expect(late).rejects.toMatchObject({ code: "VERSION_EXISTS" });
  });

  it("by making the repo goes on in it", async () => {
    const client = interrupted("/repos/create", () => push("acme/made", "1.0.0"));
    const pushed = await pushPackage(client, packageOf("return 2", { name: "acme/made", version: "1.0.1" }));
    expect(pushed).toMatchObject({ createdRepo: false, before: "1.0.0" });
  });

  it("by tagging the commit is success, if it is the commit of this push", async () => {
    const repo = { repoType: "space" as const, repo: "acme/helped" };
    const client = interrupted("/tag/", async () => {
      const { branches } = await hub.client().refs(repo);
      await hub.client().createTag(repo, branches[0]?.commit ?? "", "v1.0.0", "by another one");
    });
    const pushed = await pushPackage(client, packageOf("return 1", { name: repo.repo }));
    expect(pushed).toMatchObject({ tag: "v1.0.0", alreadyPublished: false });
  });

  it("with a version that makes this one a back-port puts it on a branch", async () => {
    await push("acme/older", "1.0.0");
    const client = interrupted("/commit/", () => push("acme/older", "2.0.0"));
    const pushed = await pushPackage(client, packageOf("return 2", { name: "acme/older", version: "1.0.1" }));
    expect(pushed).toMatchObject({ branch: "release/1.x", before: "1.0.0" });
  });
});

describe("changes of a registry at the same time", () => {
  it("lose no entry of anybody", async () => {
    const repo = { repoType: "space" as const, repo: "acme/notices" };
    const versions = ["1.0.0", "1.1.0", "1.2.0", "1.3.0"];
    for (const version of versions) await push(repo.repo, version);
    await Promise.all([
      ...versions.map((version) => yankVersion(hub.client(), repo, version, { reason: `wrong ${version}` })),
      deprecateVersions(hub.client(), repo, "1.0.0", { message: "old" }),
      deprecateVersions(hub.client(), repo, undefined, { message: "moved", use: "acme/others" }),
      push(repo.repo, "1.4.0"),
    ]);
    const registry = await readRegistry(hub.client(), repo);
    expect(registry.deprecated).toMatchObject({ message: "moved", use: "acme/others" });
    expect(registry.versions["1.0.0"]).toMatchObject({ deprecated: { message: "old" } });
    expect(versions.map((version) => registry.versions[version]?.yanked?.reason)).toEqual(
      versions.map((version) => `wrong ${version}`),
    );
  });
});
