import { commit, createRepo } from "@huggingface/hub";
import { packPackage, type PackedPackage, pushPackage } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, testHub, writeToken } from "../flows/hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

function withFile(packed: PackedPackage, path: string, text: string): PackedPackage {
  return { manifest: packed.manifest, files: new Map([...packed.files, [path, Buffer.from(text)]]) };
}

function writeByHand(name: string, files: Record<string, string>) {
  return commit({
    repo: { type: "space", name },
    title: "by hand",
    operations: Object.entries(files).map(([path, text]) => ({
      operation: "addOrUpdate" as const,
      path,
      content: new Blob([text]),
    })),
    hubUrl: hub.server.url,
    accessToken: writeToken,
  });
}

async function paths(name: string): Promise<string[]> {
  return (await hub.client().tree({ repoType: "space", repo: name }, "main")).map(({ path }) => path);
}

describe("a file that the manifest does not list", () => {
  it.each([".env", "src/secret.ts", "registry.json", "../outside", ".git/config"])(
    "is not published: %s",
    async (path) => {
      const pushed = pushPackage(hub.client(), withFile(packageOf("return 1", { name: "acme/listed" }), path, "x"));
      await expect(pushed).rejects.toMatchObject({ code: "MANIFEST_INVALID" });
      await expect(hub.client().refs({ repoType: "space", repo: "acme/listed" })).rejects.toMatchObject({
        code: "HUB_REPO_NOT_FOUND",
      });
    },
  );

  it("is not published in place of one that is listed", async () => {
    const changed = withFile(packageOf("return 1", { name: "acme/listed" }), "src/act.ts", "return evil");
    await expect(pushPackage(hub.client(), changed)).rejects.toMatchObject({ code: "INTEGRITY_MISMATCH" });
  });

  it("cannot be brought in by a manifest that was changed", async () => {
    const packed = packageOf("return 1", { name: "acme/listed" });
    const text = String(packed.files.get("tool.json")).replace("Acts.", "Acts!");
    await expect(pushPackage(hub.client(), withFile(packed, "tool.json", text))).rejects.toMatchObject({
      code: "INTEGRITY_MISMATCH",
    });
  });

  it.each(["../evil.ts", "/etc/passwd", "a/../../b.ts", "con.ts"])(
    "cannot be listed under a path that leads out: %s",
    (path) => {
      expect(() => packageOf("return 1", { sources: { [path]: "x" } })).toThrow(
        expect.objectContaining({ code: "PATH_UNSAFE" }),
      );
    },
  );
});

describe("a file of the repo that is not the package's", () => {
  it("is kept, whatever is published", async () => {
    await pushPackage(hub.client(), packageOf("return 1", { name: "acme/guest", sources: { "old.ts": "1\n" } }));
    await writeByHand("acme/guest", {
      LICENSE: "mine",
      "src/notes.md": "mine",
      "registry.json": '{"schemaVersion":1,"versions":{}}',
    });
    const next = packageOf("return 2", { name: "acme/guest", version: "1.0.1", sources: { "act.ts": "2\n" } });
    expect((await pushPackage(hub.client(), next)).deleted).toEqual(["src/old.ts"]);
    expect(await paths("acme/guest")).toEqual(expect.arrayContaining(["LICENSE", "src/notes.md", "registry.json"]));
  });

  it("is not deleted because a manifest of another package lists it", async () => {
    await createRepo({ repo: { type: "space", name: "acme/host" }, hubUrl: hub.server.url, accessToken: writeToken });
    const foreign = packPackage({
      name: "mallory/act",
      version: "1.0.0",
      description: "Acts.",
      tools: [{ name: "act", description: "Acts.", inputSchema: { type: "object" } }],
      runtime: "js",
      code: "export const tools = {};",
      sources: { "precious.ts": "mine\n" },
    });
    await writeByHand("acme/host", {
      "tool.json": String(foreign.files.get("tool.json")),
      "src/precious.ts": "mine\n",
    });
    const pushed = pushPackage(hub.client(), packageOf("return 1", { name: "acme/host" }), { force: true });
    expect((await pushed).deleted).toEqual([]);
    expect(await paths("acme/host")).toContain("src/precious.ts");
  });
});
