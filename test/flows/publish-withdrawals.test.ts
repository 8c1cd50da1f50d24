import { commit } from "@huggingface/hub";
import {
  deprecateVersions,
  pushPackage,
  readRegistry,
  undeprecateVersions,
  unyankVersion,
  yankVersion,
} from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, readToken, testHub, writeToken } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
let count = 0;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

/** A package with versions of its own. */
async function published(...versions: string[]) {
  const repo = { repoType: "space" as const, repo: `acme/withdrawn${count++}` };
  for (const version of versions) {
    const sources = { "act.ts": `${version}\n` };
    await pushPackage(hub.client(), packageOf("return 1", { name: repo.repo, version, sources }));
  }
  return repo;
}

type TestRepo = Awaited<ReturnType<typeof published>>;

async function head(repo: TestRepo): Promise<string> {
  return (await hub.client().refs(repo)).branches.find(({ name }) => name === "main")?.commit ?? "";
}

function writeByHand(repo: TestRepo, text: string) {
  return commit({
    repo: { type: "space", name: repo.repo },
    title: "by hand",
    operations: [{ operation: "addOrUpdate", path: "registry.json", content: new Blob([text]) }],
    hubUrl: hub.server.url,
    accessToken: writeToken,
  });
}

describe("the registry of a package", () => {
  it("is empty where nothing was withdrawn", async () => {
    expect(await readRegistry(hub.client(), await published("1.0.0"))).toEqual({ schemaVersion: 1, versions: {} });
  });

  it("is an error where there is no package", async () => {
    const nowhere = { repoType: "space" as const, repo: "acme/nowhere" };
    await expect(readRegistry(hub.client(), nowhere)).rejects.toMatchObject({ code: "HUB_REPO_NOT_FOUND" });
  });
});

describe("yankVersion", () => {
  it("notes version, reason and time, and leaves the tag alone", async () => {
    const repo = await published("1.0.0");
    const { tags } = await hub.client().refs(repo);
    const change = await yankVersion(hub.client(), repo, "1.0.0", { reason: " wrong units " });
    expect(change).toMatchObject({ changed: true, versions: ["1.0.0"], commit: await head(repo) });
    expect((await readRegistry(hub.client(), repo)).versions["1.0.0"]).toEqual({
      yanked: { reason: "wrong units", at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) },
    });
    expect((await hub.client().refs(repo)).tags).toEqual(tags);
  });

  it("changes nothing the second time", async () => {
    const repo = await published("1.0.0");
    await yankVersion(hub.client(), repo, "1.0.0", { reason: "wrong" });
    const before = await head(repo);
    expect(await yankVersion(hub.client(), repo, "1.0.0", { reason: "wrong" })).toMatchObject({ changed: false });
    expect(await head(repo)).toBe(before);
  });

  it("is taken back without a trace but in the history", async () => {
    const repo = await published("1.0.0", "1.1.0");
    await deprecateVersions(hub.client(), repo, "1.0.0", { message: "old" });
    await yankVersion(hub.client(), repo, "1.0.0", { reason: "wrong" });
    await yankVersion(hub.client(), repo, "1.1.0", { reason: "wrong too" });
    await unyankVersion(hub.client(), repo, "1.0.0");
    await unyankVersion(hub.client(), repo, "1.1.0");
    expect((await readRegistry(hub.client(), repo)).versions).toEqual({
      "1.0.0": { deprecated: { message: "old", at: expect.any(String) } },
    });
    expect(await unyankVersion(hub.client(), repo, "1.1.0")).toMatchObject({ changed: false });
  });

  it("is refused for what is not published, for no reason, and for those who may only read", async () => {
    const repo = await published("1.0.0");
    const yank = (version: string, reason: string, token?: string) =>
      yankVersion(hub.client(token), repo, version, { reason });
    await expect(yank("1.0.1", "wrong")).rejects.toMatchObject({ code: "VERSION_NOT_FOUND" });
    await expect(yank("constructor", "wrong")).rejects.toMatchObject({ code: "VERSION_NOT_FOUND" });
    await expect(yank("1.0.0", " ")).rejects.toMatchObject({ code: "REGISTRY_INVALID" });
    await expect(yank("1.0.0", "a\u001b[2Jb")).rejects.toMatchObject({ code: "REGISTRY_INVALID" });
    await expect(yank("1.0.0", "wrong", readToken)).rejects.toMatchObject({ code: "HUB_FORBIDDEN" });
  });

  it("keeps what it does not know, and refuses to write over a file that it cannot read", async () => {
    const repo = await published("1.0.0", "1.1.0");
    await writeByHand(repo, '{"schemaVersion":1,"later":{"x":1},"versions":{"1.1.0":{"note":"n"}}}');
    await yankVersion(hub.client(), repo, "1.0.0", { reason: "wrong" });
    expect(await readRegistry(hub.client(), repo)).toMatchObject({
      later: { x: 1 },
      versions: { "1.0.0": { yanked: { reason: "wrong" } }, "1.1.0": { note: "n" } },
    });
    await writeByHand(repo, '{"schemaVersion":2}');
    await expect(yankVersion(hub.client(), repo, "1.1.0", { reason: "wrong" })).rejects.toMatchObject({
      code: "REGISTRY_INVALID",
    });
  });
});

describe("deprecateVersions", () => {
  it("warns about the versions of a range", async () => {
    const repo = await published("1.0.0", "1.1.0", "2.0.0");
    const change = await deprecateVersions(hub.client(), repo, "<2", { message: "use 2", use: "acme/next@^2" });
    expect(change.versions).toEqual(["1.1.0", "1.0.0"]);
    const { versions } = await readRegistry(hub.client(), repo);
    expect(Object.keys(versions)).toEqual(["1.0.0", "1.1.0"]);
    expect(versions["1.0.0"]?.deprecated).toMatchObject({ message: "use 2", use: "acme/next@^2" });
  });

  it("warns about the package as a whole, and takes it back", async () => {
    const repo = await published("1.0.0");
    await deprecateVersions(hub.client(), repo, undefined, { message: "moved" });
    expect((await readRegistry(hub.client(), repo)).deprecated?.message).toBe("moved");
    expect(await undeprecateVersions(hub.client(), repo, undefined)).toMatchObject({ changed: true });
    expect(await readRegistry(hub.client(), repo)).toEqual({ schemaVersion: 1, versions: {} });
  });

  it.each(["^7", "not a range", ""])("is refused for %j, which no version fits or which is no range", async (range) => {
    const repo = await published("1.0.0");
    const deprecate = deprecateVersions(hub.client(), repo, range === "" ? "3.x" : range, { message: "m" });
    await expect(deprecate).rejects.toMatchObject({ code: "VERSION_NOT_FOUND" });
  });
});
