import { describe, expect, it } from "vitest";
import { manifestIntegrity } from "../integrity/manifest-integrity.ts";
import { sha256 } from "../integrity/hash.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { packPackage } from "../pack/pack-package.ts";
import { outgoingFiles } from "./outgoing-files.ts";
import { toolPackages } from "./push-package.ts";

const packed = packPackage({
  name: "acme/act",
  version: "1.0.0",
  description: "Acts.",
  tools: [{ name: "act", description: "Acts.", inputSchema: { type: "object" } }],
  runtime: "js",
  code: "export const tools = { act: () => 1 };\n",
  sources: { "act.ts": "1;\n" },
});

/** A publication of the same package with other files; `undefined` takes one away. */
function publication(change: Record<string, string | undefined> = {}) {
  const files = new Map(packed.files);
  for (const [path, text] of Object.entries(change)) {
    if (text === undefined) files.delete(path);
    else files.set(path, Buffer.from(text));
  }
  return { kind: toolPackages, manifest: packed.manifest, files };
}

/** The text of a manifest that lists one more file. */
function listing(path: string, text: string): string {
  const { integrity: _old, ...manifest } = packed.manifest;
  const files = { ...manifest.files, [path]: { size: text.length, sha256: sha256(text) } };
  const listed = { ...manifest, files };
  return JSON.stringify({ ...listed, integrity: manifestIntegrity(listed) });
}

describe("outgoingFiles", () => {
  it("are those that the manifest lists, and the manifest", async () => {
    expect([...(await outgoingFiles(publication())).keys()].sort()).toEqual(
      ["tool.json", ...Object.keys(packed.manifest.files)].sort(),
    );
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    ["a file that is not listed", { ".env": "A=1" }, "MANIFEST_INVALID"],
    ["a listed file that is not there", { "src/act.ts": undefined }, "MANIFEST_INVALID"],
    ["a listed file with another content", { "src/act.ts": "2;\n" }, "INTEGRITY_MISMATCH"],
    ["no manifest", { "tool.json": undefined }, "MANIFEST_INVALID"],
    ["the manifest of another package", { "tool.json": listing("src/x.ts", "x"), "src/x.ts": "x" }, "MANIFEST_INVALID"],
  ])("refuse %s", async (_title, change, code) => {
    await expect(outgoingFiles(publication(change))).rejects.toMatchObject({ code });
  });

  it.each(["registry.json", ".gitattributes", "tool.json.sig"])("never bring along %s", async (path) => {
    const text = listing(path, "{}");
    const manifest: Manifest = JSON.parse(text);
    const files = new Map([...packed.files, ["tool.json", Buffer.from(text)], [path, Buffer.from("{}")]] as const);
    // A kind of package whose manifests nobody checks.
    const kind = { ...toolPackages, read: () => manifest };
    await expect(outgoingFiles({ kind, manifest, files })).rejects.toMatchObject({ code: "MANIFEST_INVALID" });
  });

  it("hold the signature of the manifest's bytes", async () => {
    const files = await outgoingFiles(publication(), (bytes) => Buffer.from(`signed ${sha256(bytes)}`));
    const manifest = packed.files.get("tool.json") ?? Buffer.from("");
    expect(String(files.get("tool.json.sig"))).toBe(`signed ${sha256(manifest)}`);
  });

  it("hold a signature that was made before", async () => {
    const files = await outgoingFiles(publication({ "tool.json.sig": "signed" }));
    expect(String(files.get("tool.json.sig"))).toBe("signed");
  });

  it("refuse a package that names its signers, and has no signature", async () => {
    const { integrity: _old, ...rest } = packed.manifest;
    const signed = { ...rest, signers: ["smoltools-ed25519 AAAA"] };
    const manifest = { ...signed, integrity: manifestIntegrity(signed) };
    const files = new Map([...packed.files, ["tool.json", Buffer.from(JSON.stringify(manifest))]] as const);
    await expect(outgoingFiles({ kind: toolPackages, manifest, files })).rejects.toMatchObject({
      code: "SIGNATURE_MISSING",
    });
  });
});
