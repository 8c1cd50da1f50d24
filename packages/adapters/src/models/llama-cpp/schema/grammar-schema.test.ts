import type { JsonSchema, ObjectSchema } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { grammarSchema } from "./grammar-schema.ts";

const object = (properties: Record<string, JsonSchema>, further: Partial<ObjectSchema> = {}): ObjectSchema => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  ...further,
});
const anything = {
  oneOf: [
    { type: ["string", "number", "integer", "boolean", "null"] },
    { type: "object", additionalProperties: true },
    { type: "array" },
  ],
};

describe("grammarSchema", () => {
  it.each<[string, JsonSchema, unknown]>([
    ["a scalar, its description kept", { type: "string", description: "d" }, { type: "string", description: "d" }],
    ["lengths", { type: "string", minLength: 1, maxLength: 9 }, { type: "string", minLength: 1, maxLength: 9 }],
    ["lengths that grammars are slow with", { type: "string", maxLength: 100_000 }, { type: "string" }],
    ["a format that grammars know", { type: "string", format: "date" }, { type: "string", format: "date" }],
    ["a format that they do not know", { type: "string", format: "email" }, { type: "string" }],
    ["several scalar types", { type: ["string", "null"] }, { type: ["string", "null"] }],
    [
      "several types",
      { type: ["array", "null"], items: { type: "string" } },
      { oneOf: [{ type: "array", items: { type: "string" } }, { type: "null" }] },
    ],
    ["an enum", { type: "string", enum: ["a", "b"] }, { enum: ["a", "b"] }],
    ["an enum of objects", { enum: [{ a: 1 }] }, anything],
    ["a const", { const: null }, { const: null }],
    ["a choice", { anyOf: [{ type: "string" }, true] }, { oneOf: [{ type: "string" }, anything] }],
    ["allOf with one part", { allOf: [{ type: "string" }] }, { oneOf: [{ type: "string" }] }],
    ["allOf with several parts", { allOf: [{ type: "string" }, { minLength: 1 }] }, anything],
    ["anything", {}, anything],
    [
      "a tuple",
      { type: "array", prefixItems: [true], items: false },
      { type: "array", prefixItems: [anything], minItems: 1, maxItems: 1 },
    ],
    ["a reference to nowhere", { $ref: "#/$defs/none" }, anything],
    ["a reference to elsewhere", { $ref: "https://example.org/schema" }, anything],
    ["an object of any properties", { type: "object" }, { type: "object", properties: {}, additionalProperties: true }],
    [
      "a map",
      { type: "object", additionalProperties: { type: "number" } },
      { type: "object", properties: {}, additionalProperties: { type: "number" } },
    ],
    [
      "a required property that is not described",
      { type: "object", required: ["a"] },
      { type: "object", properties: { a: anything }, additionalProperties: false },
    ],
  ])("writes %s", (_, schema, written) => {
    expect(grammarSchema(object({ x: schema }))).toEqual({
      schema: { type: "object", properties: { x: written }, additionalProperties: false },
      hasFillers: false,
    });
  });

  it("lets an optional property be null, and says so", () => {
    expect(grammarSchema(object({ x: { type: "string", description: "d" } }, { required: [] }))).toEqual({
      schema: {
        type: "object",
        properties: { x: { oneOf: [{ type: "string", description: "d" }, { type: "null" }], description: "d" } },
        additionalProperties: false,
      },
      hasFillers: true,
    });
  });

  it.each<[string, JsonSchema]>([
    ["null among its types", { type: ["string", "null"] }],
    ["null among its choices", { anyOf: [{ type: "string" }, { type: "null" }] }],
    ["a reference to null", { $ref: "#/$defs/n" }],
    ["any value", true],
  ])("needs no filler for an optional property of %s", (_, schema) => {
    expect(grammarSchema(object({ x: schema }, { required: [], $defs: { n: { type: "null" } } })).hasFillers).toBe(
      false,
    );
  });

  it("keeps definitions, also those of older drafts, and references in a circle", () => {
    const tree = object({ children: { type: "array", items: { $ref: "#/definitions/tree" } } });
    expect(grammarSchema(object({ root: { $ref: "#/$defs/tree" } }, { definitions: { tree } })).schema).toEqual({
      type: "object",
      properties: { root: { $ref: "#/$defs/tree" } },
      additionalProperties: false,
      $defs: {
        tree: {
          type: "object",
          properties: { children: { type: "array", items: { $ref: "#/$defs/tree" } } },
          additionalProperties: false,
        },
      },
    });
  });
});
