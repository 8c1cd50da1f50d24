import { createRepo } from "@huggingface/hub";
import { type Manifest, type PackInput, pushPackage, type PushOptions, yankVersion } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, testHub, writeToken } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const repoOf = (name: string) => ({ repoType: "space" as const, repo: `acme/${name}` });

/** The declaration of the tool `act` with these properties. */
function act(properties: Record<string, { type: "string" | "number" | "integer" }>): PackInput["tools"] {
  const inputSchema = { type: "object" as const, properties, additionalProperties: false };
  return [{ name: "act", description: "Acts.", inputSchema }];
}

function push(name: string, version: string, more: Partial<PackInput> = {}, options: PushOptions = {}) {
  return pushPackage(hub.client(), packageOf("return 1", { name: `acme/${name}`, version, ...more }), options);
}

async function paths(name: string, revision: string): Promise<string[]> {
  return (await hub.client().tree(repoOf(name), revision)).map(({ path }) => path);
}

async function branch(name: string, of: string): Promise<string | undefined> {
  return (await hub.client().refs(repoOf(name))).branches.find((one) => one.name === of)?.commit;
}

/** The commits of a branch, the newest first, with what they say. */
async function commits(name: string): Promise<{ title: string; message: string }[]> {
  const form = { type: "array", items: { type: "object" } } as const;
  return hub.client().json(`/api/spaces/acme/${name}/commits/main`, name, form);
}

describe("a dry run", () => {
  it("lists every file with size, hash and mark", async () => {
    await push("dry", "1.0.0", { sources: { "act.ts": "1;\n", "old.ts": "2;\n" } });
    const { files } = await push("dry", "1.1.0", { sources: { "act.ts": "1;\n", "new.ts": "3;\n" } }, { dryRun: true });
    expect(Object.fromEntries(files.map(({ path, mark }) => [path, mark]))).toMatchObject({
      "dist/tool.mjs": "same",
      "src/act.ts": "same",
      "src/new.ts": "new",
      "src/old.ts": "removed",
      "tool.json": "changed",
    });
    expect(files.find(({ path }) => path === "src/new.ts")).toEqual({
      path: "src/new.ts",
      size: 3,
      sha256: "e7d8e4dc047bd7d6c77bb8bf39e34f0adbbb18eb0d6abebf852e13775da67f04",
      mark: "new",
    });
  });

  it("shows what changed since the last version: declarations, permissions, sources", async () => {
    await push("shown", "1.0.0", { tools: act({ n: { type: "number" } }), sources: { "act.ts": "one\ntwo\n" } });
    const { diff, compatibility, leastVersion, before } = await push(
      "shown",
      "2.0.0",
      {
        tools: act({ n: { type: "integer" } }),
        sources: { "act.ts": "one\n2\n" },
        permissions: { net: ["a.example"] },
      },
      { dryRun: true },
    );
    expect([before, leastVersion, compatibility.bump]).toEqual(["1.0.0", "2.0.0", "major"]);
    expect(compatibility.findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(["input-narrowed", "permission-added"]),
    );
    expect(diff?.permissions.added.net).toEqual(["a.example"]);
    expect(diff?.texts).toContainEqual({
      path: "src/act.ts",
      patch: "--- a/src/act.ts\n+++ b/src/act.ts\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n",
    });
  });

  it("writes nothing", async () => {
    await push("untouched", "1.0.0");
    const before = await branch("untouched", "main");
    await push("untouched", "1.1.0", { tools: act({}) }, { dryRun: true, force: true }).catch(() => {});
    expect(await branch("untouched", "main")).toBe(before);
  });
});

describe("the semver gate", () => {
  it("refuses a version that is too low, and publishes nothing", async () => {
    await push("gated", "1.0.0", { tools: act({ n: { type: "number" } }) });
    const head = await branch("gated", "main");
    await expect(push("gated", "1.1.0", { tools: act({ n: { type: "integer" } }) })).rejects.toMatchObject({
      code: "VERSION_TOO_LOW",
      message: expect.stringMatching(/at least 2\.0\.0.*\n- major input-narrowed act \/inputSchema\/properties\/n/),
      data: { least: "2.0.0", before: "1.0.0" },
    });
    expect(await branch("gated", "main")).toBe(head);
  });

  it("records an override in the commit and in the tag", async () => {
    await push("overridden", "1.0.0", { tools: act({ n: { type: "number" } }) });
    const allow = { "input-narrowed": "halves never worked" };
    const pushed = await push("overridden", "1.1.0", { tools: act({ n: { type: "integer" } }) }, { allow });
    expect(pushed.allowed).toEqual([{ rule: "input-narrowed", reason: "halves never worked" }]);
    const [commit] = await commits("overridden");
    expect(`${commit?.title} ${commit?.message}`).toContain("Allowed input-narrowed: halves never worked");
  });

  it("asks nothing of a prerelease", async () => {
    await push("next", "1.0.0", { tools: act({ n: { type: "number" } }) });
    const pushed = await push("next", "1.0.1-rc.1", { tools: act({ n: { type: "integer" } }) });
    expect(pushed).toMatchObject({ tag: "v1.0.1-rc.1", compatibility: { bump: "major" } });
  });

  it("compares with the last release, not with a prerelease or a yanked one", async () => {
    await push("kept", "1.0.0", { tools: act({ n: { type: "number" } }) });
    await push("kept", "2.0.0", { tools: act({ n: { type: "integer" } }) });
    await yankVersion(hub.client(), repoOf("kept"), "2.0.0", { reason: "too strict" });
    await push("kept", "3.0.0-rc.1", { tools: act({}) });
    const pushed = await push("kept", "1.0.1", { tools: act({ n: { type: "number" } }) });
    expect(pushed).toMatchObject({ before: "1.0.0", branch: "main" });
  });
});

describe("a back-port", () => {
  it("follows its own line on a branch of its own, and leaves main at the newest", async () => {
    await push("lines", "1.2.3", { sources: { "act.ts": "one\n", "gone.ts": "1\n" } });
    await push("lines", "2.0.0", { sources: { "act.ts": "two\n" } });
    const main = await branch("lines", "main");
    const pushed = await push("lines", "1.2.4", { sources: { "act.ts": "one!\n", "gone.ts": "1\n" } });
    expect(pushed).toMatchObject({ before: "1.2.3", branch: "release/1.x", leastVersion: "1.2.4" });
    expect(await branch("lines", "main")).toBe(main);
    expect(await branch("lines", "release/1.x")).toBe(pushed.commit);
    const again = await push("lines", "1.3.0", { sources: { "act.ts": "one?\n" } });
    expect(again).toMatchObject({ before: "1.2.4", deleted: ["src/gone.ts"] });
  });

  it("has to be one of a line that was published", async () => {
    await push("unlined", "1.0.0");
    await expect(push("unlined", "0.9.0")).rejects.toMatchObject({ code: "VERSION_TOO_LOW" });
  });
});

describe("publishing the same once more", () => {
  it("is success, and writes nothing", async () => {
    const first = await push("same", "1.0.0");
    const head = await branch("same", "main");
    const second = await push("same", "1.0.0");
    expect(second).toMatchObject({ alreadyPublished: true, commit: first.commit, written: [], deleted: [] });
    expect(await branch("same", "main")).toBe(head);
  });

  it("is success also when main has moved on", async () => {
    const first = await push("moved", "1.0.0");
    await push("moved", "1.1.0", { sources: { "act.ts": "2;\n" } });
    expect(await push("moved", "1.0.0")).toMatchObject({ alreadyPublished: true, commit: first.commit });
  });

  it("is none when one byte is different", async () => {
    await push("differs", "1.0.0");
    const other = push("differs", "1.0.0", { sources: { "act.ts": "return 1 \n" } });
    await expect(other).rejects.toMatchObject({
      code: "VERSION_EXISTS",
      data: { files: expect.arrayContaining(["src/act.ts", "tool.json"]) },
    });
  });

  it("is none when a signature is to be added", async () => {
    await push("unsigned", "1.0.0");
    await expect(push("unsigned", "1.0.0", {}, { sign: () => Buffer.from("s") })).rejects.toMatchObject({
      code: "VERSION_EXISTS",
      message: expect.stringContaining("without a signature"),
    });
  });
});

describe("a push", () => {
  it("puts the signature beside the manifest, in the same commit, and takes an old one away", async () => {
    const signed = await push("signed", "1.0.0", {}, { sign: (bytes) => Buffer.from(`signed ${bytes.byteLength}`) });
    expect(await paths("signed", signed.commit ?? "")).toContain("tool.json.sig");
    expect(signed.signed).toBe(true);
    const plain = await push("signed", "1.1.0", { sources: { "act.ts": "2;\n" } });
    expect(plain.deleted).toEqual(["tool.json.sig"]);
  });

  it("keeps registry.json, and whatever else is not the package's", async () => {
    await push("withdrawn", "1.0.0");
    await yankVersion(hub.client(), repoOf("withdrawn"), "1.0.0", { reason: "wrong" });
    const pushed = await push("withdrawn", "1.0.1", { sources: { "act.ts": "2;\n" } });
    expect(await paths("withdrawn", pushed.commit ?? "")).toContain("registry.json");
  });

  it("publishes the notes of the version within the manifest", async () => {
    const { commit } = await push("noted", "1.0.0", { notes: "## New\r\n\r\n- acts\n" });
    const { bytes } = await hub.client().file(repoOf("noted"), commit ?? "", "tool.json", 1e6);
    expect((JSON.parse(String(Buffer.from(bytes))) as Manifest).notes).toBe("## New\r\n\r\n- acts");
  });

  it("brings the tags of the card to the hub's list", async () => {
    await push("tagged", "1.0.0", { keywords: ["weather-of-mine"] });
    const form = { type: "array", items: { type: "object", properties: { id: { type: "string" } } } } as const;
    const found = await hub.client().json<{ id: string }[]>("/api/spaces?filter=weather-of-mine", "search", form);
    expect(found.map(({ id }) => id)).toEqual(["acme/tagged"]);
  });

  it("makes a repo that only its owner sees, where that is asked for", async () => {
    await push("mine", "1.0.0", {}, { private: true });
    await expect(hub.client("").refs(repoOf("mine"))).rejects.toMatchObject({ code: "HUB_REPO_NOT_FOUND" });
    expect(await push("mine", "1.0.1", { sources: { "act.ts": "2;\n" } }, { private: true })).toMatchObject({
      createdRepo: false,
    });
  });

  it("refuses a public repo where a private one is asked for", async () => {
    await createRepo({ repo: { type: "space", name: "acme/open" }, hubUrl: hub.server.url, accessToken: writeToken });
    await expect(push("open", "1.0.0", {}, { private: true })).rejects.toMatchObject({ code: "REPO_NOT_PRIVATE" });
    expect(await paths("open", "main")).not.toContain("tool.json");
  });

  it("ends with the signal's own reason", async () => {
    const reason = new Error("enough");
    await expect(push("never", "1.0.0", {}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
