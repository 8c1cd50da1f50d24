import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../json-schema.ts";
import { typeText } from "./type-text.ts";

const table: [title: string, schema: JsonSchema, text: string][] = [
  ["a string", { type: "string" }, "string"],
  ["an integer is a number", { type: "integer" }, "number"],
  ["an enum is a union of literals", { type: "string", enum: ["asc", "desc"] }, '"asc" | "desc"'],
  ["a constant", { const: 3 }, "3"],
  ["a nullable type puts null last", { type: ["null", "string"] }, "string | null"],
  ["an enum with null", { enum: [null, "a"] }, '"a" | null'],
  ["an array of an enum is parenthesised", { type: "array", items: { enum: ["a", "b"] } }, '("a" | "b")[]'],
  [
    "an array of a union is parenthesised",
    { type: "array", items: { anyOf: [{ type: "string" }, { type: "number" }] } },
    "(string | number)[]",
  ],
  ["a literal that holds an operator needs no parentheses", { type: "array", items: { const: "a|b" } }, '"a|b"[]'],
  ["a nullable array keeps its items", { type: ["array", "null"], items: { type: "number" } }, "number[] | null"],
  ["an array of arrays", { type: "array", items: { type: "array", items: { type: "string" } } }, "string[][]"],
  ["an array of anything", { type: "array" }, "unknown[]"],
  [
    "an object without descriptions stays on one line",
    { type: "object", properties: { a: { type: "string" }, "b-c": { type: "number" } }, required: ["a"] },
    '{ a: string; "b-c"?: number }',
  ],
  [
    "nested descriptions are indented",
    {
      type: "object",
      properties: {
        where: { type: "object", properties: { lat: { type: "number", description: "Latitude.", minimum: -90 } } },
      },
    },
    "{ where?: {\n    lat?: number; // Latitude. @minimum -90\n  } }",
  ],
  ["a record", { type: "object", additionalProperties: { type: "number" } }, "{ [key: string]: number }"],
  [
    "known keys with an index signature",
    { type: "object", properties: { a: { type: "string" } }, additionalProperties: { type: "number" } },
    "{ a?: string; [key: string]: number | string | undefined }",
  ],
  ["an object of anything", { type: "object" }, "{ [key: string]: unknown }"],
  ["an empty closed object", { type: "object", additionalProperties: false }, "{}"],
  [
    "a tuple",
    { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false, minItems: 2, maxItems: 2 },
    "[string, number]",
  ],
  [
    "a labelled tuple with an optional element and a rest",
    {
      type: "array",
      prefixItems: [
        { type: "string", title: "name" },
        { type: "number", title: "age" },
      ],
      items: { type: "boolean" },
      minItems: 1,
    },
    "[name: string, age?: number, ...rest: boolean[]]",
  ],
  ["a reference", { $ref: "#/$defs/Owner" }, "Owner"],
  ["a reference whose name is no identifier", { $ref: "#/$defs/my-owner~1x" }, "my_owner_x"],
  ["an array of references", { type: "array", items: { $ref: "#/$defs/Owner" } }, "Owner[]"],
  ["a foreign reference is unknown", { $ref: "https://example.org/x.json" }, "unknown"],
  [
    "allOf is an intersection that keeps the node's own properties",
    { type: "object", properties: { y: { type: "number" } }, allOf: [{ properties: { x: { type: "string" } } }] },
    "{ x?: string } & { y?: number }",
  ],
  [
    "a union in an intersection is parenthesised",
    { allOf: [{ type: ["string", "number"] }, { $ref: "#/$defs/A" }] },
    "(string | number) & A",
  ],
  [
    "a union of unions is flat",
    { anyOf: [{ type: ["string", "null"] }, { type: "number" }] },
    "string | null | number",
  ],
  [
    "a tuple whose label is a reserved word without labels",
    { type: "array", prefixItems: [{ type: "string", title: "in" }], items: false, minItems: 1 },
    "[string]",
  ],
  [
    "a tuple of older drafts",
    JSON.parse('{ "type": "array", "items": [{ "type": "string" }], "additionalItems": false, "minItems": 1 }'),
    "[string]",
  ],
  ["a line separator in a literal as an escape", { const: "a\u2028b" }, '"a\\u2028b"'],
  [
    "a tuple behind a rest that names its own type, which TypeScript cannot read",
    {
      type: "array",
      prefixItems: [true],
      items: { type: "array", prefixItems: [{ $ref: "#/$defs/A" }], items: false },
    },
    "[unknown?, ...unknown[]]",
  ],
  ["everything", true, "unknown"],
  ["nothing", false, "never"],
  ["not anything is never", { not: {} }, "never"],
  ["an empty enum is never", { enum: [] }, "never"],
  ["an empty schema is unknown", {}, "unknown"],
  ["a union with anything is unknown", { anyOf: [{ type: "string" }, {}] }, "unknown"],
  ["an object constant", { const: { a: [1, "x"] } }, '{ a: [1, "x"] }'],
  ["properties without a type", { properties: { a: { type: "string" } } }, "{ a?: string }"],
];

describe("typeText", () => {
  it.each(table)("prints %s", (_title, schema, text) => {
    expect(typeText(schema)).toBe(text);
  });

  it("leaves comments out when asked for a bare type", () => {
    const schema: JsonSchema = { type: "object", properties: { a: { type: "string", description: "An a." } } };
    expect(typeText(schema, { bare: true })).toBe("{ a?: string }");
  });

  it("is not misled by brackets in a description", () => {
    const schema: JsonSchema = {
      type: "array",
      items: { type: "object", properties: { a: { type: "string", description: "One of ( or { | &" } } },
    };
    expect(typeText(schema)).toBe("{\n  a?: string; // One of ( or { | &\n}[]");
  });

  it("does not double at every level where known keys stand beside others", () => {
    let schema: JsonSchema = { type: "string" };
    for (let level = 0; level < 90; level++) {
      schema = { type: "object", properties: { a: schema }, additionalProperties: { type: "number" } };
    }
    expect(typeText(schema).length).toBeLessThan(10_000);
  });
});
