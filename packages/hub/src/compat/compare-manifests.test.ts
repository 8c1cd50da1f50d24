import { readFileSync } from "node:fs";
import type { JsonSchema, JsonSchemaObject, JsonValue, ObjectSchema } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import type { Manifest, ManifestTool } from "../manifest/manifest.ts";
import { noPermissions } from "../manifest/permissions.ts";
import { compareManifests } from "./compare-manifests.ts";

const input: ObjectSchema = {
  type: "object",
  properties: { city: { type: "string" }, days: { type: "integer", default: 3 } },
  required: ["city"],
  additionalProperties: false,
};

function manifest(change: Partial<Manifest> = {}): Manifest {
  return {
    schemaVersion: 1,
    name: "acme/weather",
    version: "1.0.0",
    description: "Weather.",
    tools: [aTool()],
    entry: "dist/tool.mjs",
    runtime: "js",
    engines: { smoltools: ">=0.1.0" },
    permissions: noPermissions(),
    files: { "dist/tool.mjs": { size: 1, sha256: "0".repeat(64) } },
    integrity: "sha512-",
    ...change,
  };
}

function aTool(change: Partial<ManifestTool> = {}): ManifestTool {
  return { name: "forecast", description: "Tells.", inputSchema: input, ...change };
}

function compare(before: Partial<ManifestTool>, after: Partial<ManifestTool>) {
  return compareManifests(manifest({ tools: [aTool(before)] }), manifest({ tools: [aTool(after)] }));
}

const string: JsonSchema = { type: "string" };
const list: JsonSchemaObject = { type: "array", items: string };
const stream: JsonSchemaObject = { ...list, "x-ts": "AsyncIterable" };
const choice = (...values: JsonValue[]): JsonSchemaObject => ({ type: "string", enum: values });
const open = (...values: JsonValue[]): JsonSchemaObject => ({ ...choice(...values), "x-open": true });

interface Pair {
  id: string;
  direction: "input" | "output";
  before: JsonSchema;
  after: JsonSchema;
  verdict: "major" | "minor" | "patch";
}

const pairs = JSON.parse(
  readFileSync(new URL("../../../../fixtures/semver-pairs.json", import.meta.url), "utf8"),
) as Pair[];

describe("compareManifests", () => {
  it.each(pairs)("judges $id ($direction) as $verdict", ({ direction, before, after, verdict }) => {
    const key = direction === "input" ? "inputSchema" : "outputSchema";
    const { bump, findings } = compare({ [key]: before }, { [key]: after });
    expect(bump).toBe(verdict);
    expect(findings.every(({ unproved }) => unproved === undefined)).toBe(true);
  });

  it("asks for nothing when nothing changed", () => {
    expect(compareManifests(manifest(), manifest({ version: "1.0.1" }))).toEqual({ bump: "none", findings: [] });
  });

  it("says of each parameter what happened to it", () => {
    const properties = { city: { type: "integer" }, unit: { type: "string" } } as const;
    const { findings } = compare({}, { inputSchema: { ...input, properties, required: ["city", "unit"] } });
    expect(findings.map(({ rule, path, before, after }) => [rule, path, before, after])).toEqual([
      ["input-narrowed", "/inputSchema/properties/city", "string", "integer"],
      ["input-removed", "/inputSchema/properties/days", "integer", undefined],
      ["input-required", "/inputSchema/properties/unit", undefined, "string"],
    ]);
  });

  it.each<[string, Partial<ManifestTool>, Partial<ManifestTool>, string, string]>([
    [
      "an optional parameter before others",
      {},
      { inputSchema: { ...input, properties: { lang: { type: "string" }, ...input.properties } } },
      "input-order",
      "major",
    ],
    [
      "a parameter taken from the middle of an open object",
      { inputSchema: { type: "object", properties: { a: {}, b: {}, c: {} } } },
      { inputSchema: { type: "object", properties: { a: {}, c: {} } } },
      "input-order",
      "major",
    ],
    [
      "an optional parameter at the end",
      {},
      { inputSchema: { ...input, properties: { ...input.properties, lang: { type: "string" } } } },
      "input-added",
      "minor",
    ],
    [
      "another default",
      {},
      { inputSchema: { ...input, properties: { ...input.properties, days: { type: "integer", default: 4 } } } },
      "default-changed",
      "minor",
    ],
    [
      "another pattern",
      { inputSchema: { type: "object", properties: { a: { type: "string", pattern: "^a" } } } },
      { inputSchema: { type: "object", properties: { a: { type: "string", pattern: "^a?" } } } },
      "input-unproved",
      "major",
    ],
    [
      "a text that becomes a date in code",
      { inputSchema: { type: "object", properties: { a: { type: "string", format: "date-time" } } } },
      { inputSchema: { type: "object", properties: { a: { type: "string", format: "date-time", "x-ts": "Date" } } } },
      "input-code-type",
      "major",
    ],
    ["a result that was not declared before", {}, { outputSchema: { type: "string" } }, "output-narrowed", "minor"],
    ["a result that is not declared any more", { outputSchema: { type: "string" } }, {}, "output-widened", "major"],
    [
      "a field that is gone",
      { outputSchema: { type: "object", properties: { a: {} }, required: ["a"] } },
      { outputSchema: { type: "object", properties: {} } },
      "output-removed",
      "major",
    ],
    ["a value that becomes a stream", { outputSchema: list }, { outputSchema: stream }, "output-code-type", "major"],
    ["a stream that becomes a value", { outputSchema: stream }, { outputSchema: list }, "output-code-type", "major"],
    [
      "a stream of more",
      { outputSchema: stream },
      { outputSchema: { ...stream, items: {} } },
      "output-widened",
      "major",
    ],
    ["a choice more", { outputSchema: choice("a") }, { outputSchema: choice("a", "b") }, "output-widened", "major"],
    [
      "a choice more where it is open",
      { outputSchema: open("a") },
      { outputSchema: open("a", "b") },
      "output-added",
      "minor",
    ],
    [
      "a choice more where an open one is deep inside",
      { outputSchema: { type: "array", items: { anyOf: [{ type: "object" }, open("a", "c")] } } },
      { outputSchema: { type: "array", items: { anyOf: [{ type: "object" }, open("a", "b")] } } },
      "output-added",
      "minor",
    ],
    [
      "a choice more of another type where it is open",
      { outputSchema: open("a") },
      { outputSchema: { ...open("a", 1), type: ["string", "number"] } },
      "output-widened",
      "major",
    ],
    [
      "a choice less where it is open",
      { outputSchema: open("a", "b") },
      { outputSchema: open("a") },
      "output-narrowed",
      "minor",
    ],
    [
      "a choice that is open now",
      { outputSchema: choice("a") },
      { outputSchema: open("a") },
      "output-widened",
      "major",
    ],
    [
      "a choice that is closed now",
      { outputSchema: open("a") },
      { outputSchema: choice("a") },
      "output-narrowed",
      "minor",
    ],
    [
      "an open choice that may be any text now",
      { outputSchema: open("a") },
      { outputSchema: string },
      "output-added",
      "minor",
    ],
    ["a tool that may destroy now", { annotations: { readOnlyHint: true } }, {}, "effect-raised", "major"],
    ["a tool that only reads now", {}, { annotations: { readOnlyHint: true } }, "effect-lowered", "minor"],
    ["another description", {}, { description: "Says." }, "description-changed", "patch"],
    ["another example", {}, { examples: [{ input: { city: "Oslo" } }] }, "text-changed", "patch"],
  ])("finds %s", (_title, before, after, rule, bump) => {
    const compatibility = compare(before, after);
    expect(compatibility.findings.map((finding) => finding.rule)).toContain(rule);
    expect(compatibility.bump).toBe(bump);
  });

  it.each<[string, Partial<Manifest>, string, string]>([
    ["a tool that is gone", { tools: [aTool({ name: "other" })] }, "tool-removed", "major"],
    ["a tool more", { tools: [aTool(), aTool({ name: "other" })] }, "tool-added", "minor"],
    ["a permission more", { permissions: { ...noPermissions(), net: ["a.example"] } }, "permission-added", "major"],
    ["another runtime", { runtime: "node" }, "runtime-raised", "major"],
    ["a newer engine", { engines: { smoltools: ">=0.2.0" } }, "engine-raised", "major"],
    ["another licence", { license: "MIT" }, "license-changed", "minor"],
    ["other code", { files: {} }, "content-changed", "patch"],
  ])("finds %s in the package", (_title, change, rule, bump) => {
    const compatibility = compareManifests(manifest(), manifest(change));
    expect(compatibility.findings.map((finding) => finding.rule)).toContain(rule);
    expect(compatibility.bump).toBe(bump);
  });

  it.each<[string, Partial<Manifest>, Partial<Manifest>, string]>([
    ["a permission less", { permissions: { ...noPermissions(), net: ["a.example"] } }, {}, "permission-removed"],
    ["a runtime that is easier to have", { runtime: "node" }, {}, "runtime-lowered"],
  ])("takes %s for a minor change", (_title, before, after, rule) => {
    const { bump, findings } = compareManifests(manifest(before), manifest(after));
    expect([bump, findings[0]?.rule]).toEqual(["minor", rule]);
  });
});
