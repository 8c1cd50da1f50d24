import { commit, createRepo } from "@huggingface/hub";
import { pushPackage, yankVersion } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, testHub, writeToken } from "../flows/hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
let count = 0;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

/** A repo with these files in it, which no package brought. */
async function repoWith(name: string, files: Record<string, string>) {
  const auth = { hubUrl: hub.server.url, accessToken: writeToken };
  await createRepo({ repo: { type: "space", name }, ...auth });
  const operations = Object.entries(files).map(([path, text]) => ({
    operation: "addOrUpdate" as const,
    path,
    content: new Blob([text]),
  }));
  if (operations.length > 0) await commit({ repo: { type: "space", name }, title: "theirs", operations, ...auth });
  const repo = { repoType: "space" as const, repo: name };
  const head = async () => (await hub.client().refs(repo)).branches[0]?.commit;
  return { repo, head, before: await head() };
}

const other = packageOf("return 1", { name: "mallory/act" });

describe("a repo that holds something else", () => {
  it.each<[string, Record<string, string>]>([
    ["an app", { "app.py": "import gradio" }],
    ["a tool.json of something else", { "tool.json": '{"kind":"hammer"}' }],
    ["a tool.json that is no JSON", { "tool.json": "{" }],
    ["the package of somebody else", { "tool.json": String(other.files.get("tool.json")) }],
    ["a manifest that was changed", { "tool.json": String(other.files.get("tool.json")).replace("mallory", "acme") }],
  ])("is not published into: %s", async (_title, files) => {
    const name = `acme/foreign${count++}`;
    const { head, before } = await repoWith(name, files);
    await expect(pushPackage(hub.client(), packageOf("return 1", { name }))).rejects.toMatchObject({
      code: "REPO_NOT_PACKAGE",
    });
    expect(await head()).toBe(before);
  });

  it("is published into where it holds only what the hub put there", async () => {
    await repoWith("acme/empty", {});
    expect(await pushPackage(hub.client(), packageOf("return 1", { name: "acme/empty" }))).toMatchObject({
      tag: "v1.0.0",
      createdRepo: false,
    });
  });

  it("whose tag has the version's name is not taken for this package", async () => {
    const { repo, before = "" } = await repoWith("acme/tagged", { "app.py": "1" });
    await hub.client().createTag(repo, before, "v1.0.0", "theirs");
    const pushed = pushPackage(hub.client(), packageOf("return 1", { name: "acme/tagged" }), { force: true });
    await expect(pushed).rejects.toMatchObject({ code: "VERSION_EXISTS" });
  });

  it("has no versions that could be withdrawn", async () => {
    const { repo } = await repoWith("acme/versionless", { "app.py": "1" });
    await expect(yankVersion(hub.client(), repo, "1.0.0", { reason: "x" })).rejects.toMatchObject({
      code: "VERSION_NONE",
    });
  });
});

describe("somebody else's package", () => {
  it("cannot be published, nor withdrawn", async () => {
    const repo = { repoType: "space" as const, repo: "mallory/act" };
    await expect(pushPackage(hub.client(), other)).rejects.toMatchObject({ code: "HUB_FORBIDDEN" });
    await expect(yankVersion(hub.client(), repo, "1.0.0", { reason: "x" })).rejects.toMatchObject({
      code: "HUB_REPO_NOT_FOUND",
    });
  });
});
