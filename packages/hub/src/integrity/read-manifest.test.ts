import { describe, expect, it } from "vitest";
import { packageLimits } from "../manifest/package-limits.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { packPackage } from "../pack/pack-package.ts";
import { manifestIntegrity } from "./manifest-integrity.ts";
import { readManifest } from "./read-manifest.ts";

const file = { size: 1, sha256: "0".repeat(64) };

const { manifest } = packPackage({
  name: "acme/act",
  version: "1.0.0",
  description: "Acts.",
  tools: [{ name: "act", description: "Acts.", inputSchema: { type: "object" } }],
  runtime: "js",
  code: "export const tools = {};\n",
  sources: { "act.ts": "1" },
});

/** A manifest with these changes, and an integrity that fits them: its author is the attacker. */
function changed(changes: Partial<Record<keyof Manifest, unknown>>): Uint8Array {
  const whole = { ...structuredClone(manifest), ...changes };
  return Buffer.from(JSON.stringify({ ...whole, integrity: manifestIntegrity(whole) }));
}

describe("readManifest", () => {
  it("reads what was packed", () => {
    expect(readManifest(Buffer.from(JSON.stringify(manifest)), "acme/act@1.0.0")).toEqual(manifest);
  });

  it.each<[title: string, changes: Partial<Record<keyof Manifest, unknown>>, code: string, words: string]>([
    ["a path that leads out", { files: { ...manifest.files, "../../.bashrc": file } }, "PATH_UNSAFE", 'it holds ".."'],
    ["an absolute path", { files: { ...manifest.files, "/etc/passwd": file } }, "PATH_UNSAFE", "not relative"],
    ["a path into .git", { files: { ...manifest.files, ".git/hooks/x": file } }, "PATH_UNSAFE", '".git"'],
    [
      "a file over the limit",
      { files: { ...manifest.files, big: { ...file, size: packageLimits.maxFileBytes + 1 } } },
      "PACKAGE_TOO_LARGE",
      "are allowed",
    ],
    [
      "files that are too large together",
      {
        files: {
          ...manifest.files,
          ...Object.fromEntries(
            ["a", "b", "c", "d", "e"].map((name) => [name, { ...file, size: packageLimits.maxFileBytes }]),
          ),
        },
      },
      "PACKAGE_TOO_LARGE",
      "are allowed",
    ],
    ["an entry that is no file of it", { entry: "dist/other.mjs" }, "MANIFEST_INVALID", "not among its files"],
    ["an entry that leads out", { entry: "../x.mjs" }, "MANIFEST_INVALID", "not among its files"],
    ["an entry that every object has", { entry: "constructor" }, "MANIFEST_INVALID", "not among its files"],
    ["a later schemaVersion", { schemaVersion: 2 }, "MANIFEST_INVALID", "Update smoltools"],
    ["a wrong name", { name: "act" }, "MANIFEST_INVALID", "owner/name"],
    ["a wrong version", { version: "1.0" }, "MANIFEST_INVALID", "not a semantic version"],
    ["no tools", { tools: [] }, "MANIFEST_INVALID", "at least 1"],
    [
      "two tools of one name",
      { tools: [manifest.tools[0], manifest.tools[0]] },
      "MANIFEST_INVALID",
      'two tools are called "act"',
    ],
    [
      "a tool with a reserved name",
      { tools: [{ ...manifest.tools[0], name: "class" }] },
      "MANIFEST_INVALID",
      "reserved word",
    ],
    [
      "a schema that takes for ever",
      { tools: [{ ...manifest.tools[0], outputSchema: { type: "string", pattern: "^(a+)+$" } }] },
      "MANIFEST_INVALID",
      "exponential",
    ],
    [
      "a permission for all hosts",
      { permissions: { ...manifest.permissions, net: ["*"] } },
      "MANIFEST_INVALID",
      "name the hosts",
    ],
    ["an unknown permission", { permissions: { ...manifest.permissions, ffi: [] } }, "MANIFEST_INVALID", "ffi"],
  ])("refuses %s", (_title, changes, code, words) => {
    const read = () => readManifest(changed(changes), "acme/act@1.0.0");
    expect(read).toThrow(expect.objectContaining({ code, message: expect.stringContaining(words) }));
  });

  it.each<[string, string | Uint8Array, string]>([
    ["nothing", "", "MANIFEST_INVALID"],
    ["no JSON", "{", "MANIFEST_INVALID"],
    ["another value", "[]", "MANIFEST_INVALID"],
    ["bytes that are no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), "MANIFEST_INVALID"],
    ["more than a manifest may have", " ".repeat(packageLimits.maxManifestBytes + 1), "MANIFEST_INVALID"],
    [
      "a manifest whose content does not fit its integrity",
      JSON.stringify({ ...manifest, description: "Evil." }),
      "INTEGRITY_MISMATCH",
    ],
  ])("refuses %s", (_title, content, code) => {
    expect(() => readManifest(Buffer.from(content), "acme/act")).toThrow(expect.objectContaining({ code }));
  });
});
