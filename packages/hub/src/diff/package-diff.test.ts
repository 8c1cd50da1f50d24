import { describe, expect, it } from "vitest";
import { compareManifests } from "../compat/compare-manifests.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { packPackage, type PackInput } from "../pack/pack-package.ts";
import { diffPackages, type PackageContents } from "./package-diff.ts";

/** A version of a package, and a list of the files that were read of it. */
function version(number: string, sources: Record<string, string>, more: Partial<PackInput> = {}) {
  const { manifest, files } = packPackage({
    name: "acme/act",
    version: number,
    description: "Acts.",
    tools: [{ name: "act", description: "Acts.", inputSchema: { type: "object" } }],
    runtime: "js",
    code: `export const tools = { act: () => ${JSON.stringify(sources)} };\n`,
    sources,
    ...more,
  });
  const read: string[] = [];
  const file = (path: string) => {
    read.push(path);
    return files.get(path) ?? new Uint8Array();
  };
  return { contents: { manifest, file } satisfies PackageContents<Manifest>, read };
}

const compare = compareManifests;

describe("diffPackages", () => {
  it("compares declarations, permissions, notes and files", async () => {
    const before = version("1.0.0", { "a.ts": "1\n" }, { permissions: { net: ["old.example"] } });
    const after = version("2.0.0", { "a.ts": "2\n" }, { permissions: { net: ["new.example"] }, notes: "Moved." });
    const diff = await diffPackages(before.contents, after.contents, { compare });
    expect(diff).toMatchObject({
      before: { name: "acme/act", version: "1.0.0" },
      after: { version: "2.0.0", integrity: after.contents.manifest.integrity },
      compatibility: { bump: "major" },
      permissions: { added: { net: ["new.example"] }, removed: { net: ["old.example"] } },
      notes: "Moved.",
    });
    expect(diff.files.find(({ path }) => path === "src/a.ts")?.mark).toBe("changed");
  });

  it("reads no file that is the same, and no generated one", async () => {
    const before = version("1.0.0", { "a.ts": "1\n", "gone.ts": "2\n", "same.ts": "3\n" });
    const after = version("1.0.1", { "a.ts": "2\n", "new.ts": "2\n", "same.ts": "3\n" });
    const { texts } = await diffPackages(before.contents, after.contents, { compare });
    expect(texts.map(({ path }) => path).filter((path) => path.startsWith("src/"))).toEqual([
      "src/a.ts",
      "src/gone.ts",
      "src/new.ts",
    ]);
    expect(before.read.filter((path) => path !== "README.md")).toEqual(["src/a.ts", "src/gone.ts"]);
    expect(after.read).not.toContain("dist/tool.mjs");
  });

  it("compares the bundle too when it is told to", async () => {
    const [before, after] = [version("1.0.0", { "a.ts": "1\n" }), version("1.0.1", { "a.ts": "2\n" })];
    const { texts } = await diffPackages(before.contents, after.contents, { compare, texts: "all" });
    expect(texts.map(({ path }) => path)).toContain("dist/tool.mjs");
  });

  it("does not read what is too large to compare", async () => {
    const [before, after] = [version("1.0.0", {}), version("1.0.1", { "big.ts": "x".repeat(300_000) })];
    const { texts } = await diffPackages(before.contents, after.contents, { compare });
    expect(texts).toContainEqual({ path: "src/big.ts", omitted: "too large" });
    expect(after.read).not.toContain("src/big.ts");
  });

  it("compares so many texts and no more, and says so", async () => {
    const sources = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`f${i}.ts`, `${i}\n`]));
    const [before, after] = [version("1.0.0", {}), version("1.0.1", sources)];
    const { texts, textsLeftOut } = await diffPackages(before.contents, after.contents, { compare, maxTexts: 5 });
    expect([texts.length, textsLeftOut]).toEqual([5, 8]);
  });

  it("ends with the signal's own reason", async () => {
    const [before, after] = [version("1.0.0", {}), version("1.0.1", { "a.ts": "1\n" })];
    const reason = new Error("enough");
    const diff = diffPackages(before.contents, after.contents, { compare, signal: AbortSignal.abort(reason) });
    await expect(diff).rejects.toBe(reason);
  });
});
