import { readFileSync } from "node:fs";
import type Anthropic from "@anthropic-ai/sdk";
import { transformJSONSchema } from "@anthropic-ai/sdk/lib/transform-json-schema";
import { type JsonSchema, type ObjectSchema, tool } from "@smoltools/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wildInput } from "../shared/schema-export/test-support/wild-schemas.ts";
import { inputCase } from "../shared/schema-export/test-support/written-cases.ts";
import { toAnthropic, toAnthropicTools } from "./index.ts";

const twenty: { name: string; description: string; inputSchema: ObjectSchema }[] = JSON.parse(
  readFileSync(new URL("../../../../fixtures/derive/twenty-tools.json", import.meta.url), "utf8"),
);
const declared = (inputSchema: ObjectSchema) => ({ name: "f", description: "F.", inputSchema });
const strict = (inputSchema: ObjectSchema) =>
  toAnthropic(declared(inputSchema), { strict: true }).definition.input_schema;
const plain = (inputSchema: ObjectSchema) => toAnthropic(declared(inputSchema));
const input = (x: JsonSchema, further: Partial<ObjectSchema> = {}): ObjectSchema => ({
  type: "object",
  properties: { x },
  required: ["x"],
  additionalProperties: false,
  ...further,
});

/** What the SDK makes of a schema that is meant to be strict already. It leaves out types beside values. */
const sdk = (schema: object): unknown => transformJSONSchema(schema as Parameters<typeof transformJSONSchema>[0]);

function withoutTypesOfValues(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    const { type: _type, ...rest } = part as Record<string, unknown>;
    return "enum" in rest || "const" in rest ? rest : part;
  });
}

describe("a schema in strict mode", () => {
  it.each(twenty)("of $name is what the SDK would make of it", ({ inputSchema }) => {
    expect(sdk(strict(inputSchema))).toEqual(withoutTypesOfValues(strict(inputSchema)));
  });

  it("is accepted as it is by the SDK, whatever the tool's schema", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          wildInput,
          inputCase.map(({ schema }) => schema),
        ),
        (schema) => {
          const exported = strict(schema);
          expect(sdk(exported)).toEqual(withoutTypesOfValues(exported));
          expect(JSON.stringify(exported)).not.toContain('"x-ts"');
        },
      ),
      { numRuns: 300 },
    );
  });

  const rows: [what: string, original: JsonSchema, exported: object][] = [
    ["limits in words", { type: "integer", minimum: 1, maximum: 9 }, { type: "integer", description: "(minimum 1, maximum 9)" }], // prettier-ignore
    ["a format that it knows", { type: "string", format: "uri" }, { type: "string", format: "uri" }],
    ["a format that it does not know", { type: "string", format: "regex" }, { type: "string", description: "(format regex)" }], // prettier-ignore
    ["lists that are not empty", { type: "array", items: { type: "string" }, minItems: 1 }, { type: "array", items: { type: "string" }, minItems: 1 }], // prettier-ignore
    ["lists of a length in words", { type: "array", items: { type: "string" }, minItems: 2 }, { type: "array", items: { type: "string" }, description: "(minItems 2)" }], // prettier-ignore
    ["lists of nothing", { type: "array", items: false }, { type: "array", items: { type: "string" }, description: "(always empty)" }], // prettier-ignore
    ["optional properties", { type: "object", properties: { a: { type: "string" } } }, { type: "object", properties: { a: { type: "string" } }, additionalProperties: false }], // prettier-ignore
    ["names in plain letters", { type: "object", properties: { "$top": { type: "number" }, "_top": { type: "number" } } }, { type: "object", properties: { _top_2: { type: "number", description: '(named "$top")' }, _top: { type: "number" } }, additionalProperties: false }], // prettier-ignore
    ["descriptions beside references", { $ref: "#/$defs/A", description: "One." }, { anyOf: [{ $ref: "#/$defs/A" }], description: "One." }], // prettier-ignore
  ];
  it.each(rows)("has %s", (_what, original, exported) => {
    const schema = strict(input(original, { $defs: { A: { type: "string" } } }));
    expect(schema["properties"]).toEqual({ x: exported });
  });
});

it("a type that contains itself is text of JSON where it begins anew", () => {
  const tree: JsonSchema = { type: "object", properties: { next: { $ref: "#/$defs/Tree" } } };
  expect(strict(input({ $ref: "#/$defs/Tree" }, { $defs: { Tree: tree } }))).toMatchObject({
    properties: { x: { $ref: "#/$defs/Tree" } },
    $defs: { Tree: { properties: { next: { type: "string", description: "(JSON text of the type Tree)" } } } },
  });
});

describe("a schema without strict mode", () => {
  it("is the tool's own", () => {
    const own = input({ type: "string", minLength: 1, not: { const: "x" } });
    expect(plain(own).definition).toEqual({ name: "f", description: "F.", input_schema: own });
  });

  it("has plain names at its root, which the API asks for", () => {
    const own: ObjectSchema = { type: "object", properties: { "filter[id]": { type: "string", description: "Id." } }, required: ["filter[id]"] }; // prettier-ignore
    const { definition, decode } = plain(own);
    expect(definition.input_schema).toEqual({
      type: "object",
      properties: { filter_id_: { type: "string", description: 'Id. (named "filter[id]")' } },
      required: ["filter_id_"],
    });
    expect(decode({ filter_id_: "a" })).toEqual({ "filter[id]": "a" });
  });

  it("has neither choices nor bad names at its root, whatever the tool's schema", () => {
    fc.assert(
      fc.property(wildInput, (schema) => {
        const { input_schema: root } = plain(schema).definition;
        expect(root.type).toBe("object");
        for (const keyword of ["anyOf", "oneOf", "allOf", "$ref"]) expect(root).not.toHaveProperty(keyword);
        for (const name of Object.keys(root["properties"] ?? {})) expect(name).toMatch(/^[a-zA-Z0-9_.-]{1,64}$/);
      }),
      { numRuns: 150 },
    );
  });
});

describe("several tools", () => {
  const join = tool({
    name: "join",
    description: "Joins texts.",
    input: { type: "object", properties: { texts: { type: "array", items: { type: "string" } } }, required: ["texts"], additionalProperties: false }, // prettier-ignore
    output: { type: "string" },
    execute: ({ texts }) => texts.join(""),
  });

  it("are types of the SDK", () => {
    const definitions: Anthropic.Tool[] = toAnthropicTools([join], { strict: true }).definitions;
    expect(definitions[0]).toMatchObject({ name: "join", strict: true });
  });

  it("answer calls by name", async () => {
    expect(await toAnthropicTools([join]).call("join", { texts: ["a", "b"] })).toBe("ab");
  });
});
