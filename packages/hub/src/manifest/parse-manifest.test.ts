import { expect, test } from "vitest";
import { parseManifest } from "./parse-manifest.ts";

const manifest = {
  schemaVersion: 1,
  name: "acme/act",
  version: "1.0.0",
  description: "Acts.",
  tools: [{ name: "act", description: "Acts.", inputSchema: { type: "object" } }],
  entry: "dist/tool.mjs",
  runtime: "js",
  engines: { smoltools: ">=0.1.0" },
  permissions: { net: [], env: [], read: [], write: [], run: [] },
  files: { "dist/tool.mjs": { size: 1, sha256: "a".repeat(64) } },
  integrity: `sha512-${"A".repeat(86)}==`,
};

const parse = (change: object) => parseManifest(Buffer.from(JSON.stringify({ ...manifest, ...change })), "acme/act");

test("a manifest is read", () => {
  expect(parse({})).toEqual(manifest);
});

test("members of a later minor version are let through", () => {
  expect(parse({ later: 1 })).toMatchObject({ later: 1 });
});

test.each<[what: string, change: object]>([
  ["a range that would take seconds to look at", { engines: { smoltools: "1 ".repeat(400_000) } }],
  ["two tools of one name", { tools: [...manifest.tools, ...manifest.tools] }],
  ["an entry that is none of its files", { entry: "other.mjs" }],
  ["a version that is not written as one", { version: "v1.0" }],
  ["permissions of an unknown kind", { permissions: { ...manifest.permissions, all: [] } }],
  ["a pattern that takes exponential time", { tools: [withPattern("^(a+)+$")] }],
])("one with %s is refused", (_what, change) => {
  expect(() => parse(change)).toThrowError(expect.objectContaining({ code: "MANIFEST_INVALID" }));
});

function withPattern(pattern: string): object {
  const inputSchema = { type: "object", properties: { text: { type: "string", pattern } } };
  return { name: "act", description: "Acts.", inputSchema };
}
