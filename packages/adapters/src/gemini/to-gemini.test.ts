import { readFileSync } from "node:fs";
import type { FunctionDeclaration } from "@google/genai";
import { type JsonSchema, type ObjectSchema, SchemaValidator, tool } from "@smoltools/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wildInput } from "../shared/schema-export/test-support/wild-schemas.ts";
import { inputCase } from "../shared/schema-export/test-support/written-cases.ts";
import { toGemini, toGeminiTools } from "./index.ts";

const twenty: { name: string; description: string; inputSchema: ObjectSchema }[] = JSON.parse(
  readFileSync(new URL("../../../../fixtures/derive/twenty-tools.json", import.meta.url), "utf8"),
);
const declarations = readFileSync(new URL(import.meta.resolve("@google/genai")).pathname.replace(/[^/]*$/, "../genai.d.ts"), "utf8"); // prettier-ignore
const exported = (inputSchema: ObjectSchema) =>
  toGemini({ name: "f", description: "F.", inputSchema }).definition.parametersJsonSchema;
const input = (x: JsonSchema): ObjectSchema => ({ type: "object", properties: { x }, required: ["x"] });

/** The keywords that the SDK's own documentation lists as supported. */
const supported = new Set(
  [
    ...(/only the\s+following properties are supported:([^]*?)\*\//.exec(declarations)?.[1] ?? "").matchAll(
      /`(\$?\w+)`/g,
    ),
  ]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "oneOf"),
);

/** What is wrong with a schema for Gemini. */
function problems(schema: unknown, path = "#"): string[] {
  if (typeof schema === "boolean") return [];
  const { properties = {}, $defs = {}, anyOf = [], prefixItems = [], ...rest } = schema as Record<string, never>;
  const own = Object.keys(schema as object).filter((keyword) => !supported.has(keyword));
  const beside = "$ref" in rest && Object.keys(schema as object).length > 1 ? ["something beside $ref"] : [];
  const values: unknown[] = "enum" in rest ? rest["enum"] : [];
  const wrong = values.filter((value) => typeof value !== "number" && (typeof value !== "string" || value === ""));
  const parts: [string, unknown][] = [
    ...Object.entries({ ...properties, ...$defs }),
    ...Object.entries([...anyOf, ...(prefixItems as unknown[])]),
    ...(["items", "additionalProperties"] as const)
      .filter((name) => name in rest)
      .map((name): [string, unknown] => [name, rest[name]]),
  ];
  const names = Object.keys(properties).filter((name) => !/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name));
  return [
    ...[...own, ...beside, ...names, ...wrong.map(String)].map((what) => `${path}: ${what}`),
    ...parts.flatMap(([name, part]) => problems(part, `${path}/${name}`)),
  ];
}

describe("a schema for Gemini", () => {
  it("is held to the keywords that the SDK documents", () => {
    expect(supported.size).toBe(20);
    expect(problems({ type: "object", properties: { a: { const: 1, pattern: "" } } })).toHaveLength(2);
  });

  it.each(twenty)("of $name has nothing that it does not know", ({ inputSchema }) => {
    expect(problems(exported(inputSchema))).toEqual([]);
  });

  it("has nothing that it does not know, whatever the tool's schema", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          wildInput,
          inputCase.map(({ schema }) => schema),
        ),
        (schema) => {
          expect(problems(exported(schema))).toEqual([]);
          expect(new SchemaValidator(exported(schema))).toBeInstanceOf(SchemaValidator);
        },
      ),
      { numRuns: 300 },
    );
  });

  const rows: [what: string, original: JsonSchema, exported: object][] = [
    ["a constant", { const: "a" }, { type: "string", enum: ["a"] }],
    ["null", { const: null }, { type: "null" }],
    ["texts, numbers and null", { enum: ["a", 1, null] }, { anyOf: [{ type: "string", enum: ["a"] }, { type: "number", enum: [1] }, { type: "null" }] }], // prettier-ignore
    ["true", { const: true }, { type: "boolean", description: "(always true)" }],
    ["the empty text", { enum: ["", "a"] }, { type: "string", description: '(one of ["","a"])' }],
    ["limits in words", { type: "string", pattern: "^a", minLength: 1 }, { type: "string", description: "(pattern ^a, minLength 1)" }], // prettier-ignore
    ["limits that it knows", { type: "number", minimum: 1 }, { type: "number", minimum: 1 }],
    ["records", { type: "object", additionalProperties: { type: "number" } }, { type: "object", additionalProperties: { type: "number" } }], // prettier-ignore
    ["pairs", { type: "array", prefixItems: [{ type: "number" }, { type: "string" }], items: false, minItems: 2 }, { type: "array", prefixItems: [{ type: "number" }, { type: "string" }], minItems: 2, maxItems: 2 }], // prettier-ignore
    ["anything", {}, {}],
    ["a free object", { type: "object" }, { type: "object" }],
  ];
  it.each(rows)("has %s", (_what, original, x) => {
    expect(exported(input(original))).toEqual(input(x));
  });

  it("comes back by its own names", () => {
    const { definition, decode } = toGemini({ name: "f", description: "F.", inputSchema: { type: "object", properties: { "content-type": {} } } }); // prettier-ignore
    expect(definition.parametersJsonSchema).toEqual({ type: "object", properties: { content_type: { description: '(named "content-type")' } } }); // prettier-ignore
    expect(decode({ content_type: "a" })).toEqual({ "content-type": "a" });
  });
});

describe("several tools", () => {
  const half = tool({
    name: "half",
    description: "Halves a number.",
    input: { type: "object", properties: { of: { type: "number" } }, required: ["of"], additionalProperties: false },
    output: { type: "number" },
    execute: ({ of }) => of / 2,
  });

  it("are types of the SDK", () => {
    const definitions: FunctionDeclaration[] = toGeminiTools([half]).definitions;
    expect(definitions[0]).toMatchObject({ name: "half" });
  });

  it("answer calls by name", async () => {
    expect(await toGeminiTools([half]).call("half", { of: 4 })).toBe(2);
  });
});
