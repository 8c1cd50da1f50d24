import { describe, expect, it } from "vitest";
import type { JsonSchema } from "./json-schema.ts";
import { findingsText } from "./schema-finding.ts";
import { SchemaValidator } from "./validator.ts";

const check = (schema: JsonSchema, value: unknown) => findingsText(new SchemaValidator(schema).findings(value));

const shapes: JsonSchema = {
  anyOf: [
    { type: "object", properties: { kind: { const: "circle" }, r: { type: "number" } }, required: ["kind", "r"] },
    { type: "object", properties: { kind: { const: "rect" }, w: { type: "number" } }, required: ["kind", "w"] },
  ],
};

const table: [title: string, schema: JsonSchema, value: unknown, text: string][] = [
  ["a wrong type", { type: "string" }, 3, "- the value: expected string, got 3"],
  ["a fraction for an integer", { type: "integer" }, 1.5, "- the value: expected a whole number, got 1.5"],
  [
    "a missing argument",
    { type: "object", properties: { q: { type: "string" } }, required: ["q"] },
    {},
    "- q: expected string (required), got nothing",
  ],
  [
    "an unknown argument",
    { type: "object", properties: { q: {} }, additionalProperties: false },
    { p: 1 },
    "- p: expected no such key (the keys are q), got 1",
  ],
  [
    "a nested item",
    {
      type: "object",
      properties: { rows: { type: "array", items: { type: "object", properties: { n: { maximum: 3 } } } } },
    },
    { rows: [{ n: 1 }, { n: 9 }] },
    "- rows[1].n: expected a number of at most 3, got 9",
  ],
  ["an enum", { enum: ["a", "b"] }, "c", '- the value: expected one of "a", "b", got "c"'],
  ["a constant", { const: 1 }, 2, "- the value: expected 1, got 2"],
  ["a pattern", { type: "string", pattern: "^a" }, "b", '- the value: expected a text that matches ^a, got "b"'],
  ["a format", { type: "string", format: "email" }, "x", '- the value: expected a text in the format email, got "x"'],
  ["the branch of a union that the tag names", shapes, { kind: "rect", w: "x" }, '- w: expected number, got "x"'],
  [
    "a union that no branch is meant by",
    { anyOf: [{ type: "string" }, { type: "number" }] },
    true,
    "- the value: expected string | number, got true",
  ],
  [
    "a tuple that is too long",
    { type: "array", prefixItems: [{ type: "string" }], items: false },
    ["a", 2],
    "- [1]: expected nothing here, got 2",
  ],
  [
    "repeated items",
    { type: "array", uniqueItems: true },
    [1, 1],
    "- the value: expected items that differ, got [1,1]",
  ],
  [
    "a key that needs quotes",
    { properties: { "a-b": { type: "string" } } },
    { "a-b": 1 },
    '- ["a-b"]: expected string, got 1',
  ],
  [
    "a property of a referenced definition",
    { $ref: "#/$defs/P", $defs: { P: { type: "object", properties: { a: { type: "string" } } } } },
    { a: 1 },
    "- a: expected string, got 1",
  ],
  [
    "a keyword that has no words of its own",
    { not: { type: "string" } },
    "x",
    '- the value: expected Instance matched "not" schema., got a value that does not',
  ],
];

describe("SchemaValidator", () => {
  it.each(table)("says what is wrong with %s", (_title, schema, value, text) => {
    expect(check(schema, value)).toBe(text);
  });

  it("finds nothing wrong with a value that fits", () => {
    expect(new SchemaValidator(shapes).findings({ kind: "circle", r: 1 })).toEqual([]);
  });

  it("takes a property that is undefined for an absent one", () => {
    const schema: JsonSchema = { type: "object", properties: { a: { type: "string" } }, additionalProperties: false };
    expect(new SchemaValidator(schema).findings({ a: undefined })).toEqual([]);
  });

  it("does not take inherited members for properties", () => {
    const schema: JsonSchema = { type: "object", required: ["constructor"] };
    expect(new SchemaValidator(schema).findings({})).toHaveLength(1);
  });

  it("shortens long values", () => {
    expect(check({ type: "number" }, "x".repeat(500))).toMatch(/got "x{59}… \(502 characters\)$/);
  });

  it("refuses a schema that cannot be compiled", () => {
    expect(() => new SchemaValidator({ $ref: "#/$defs/None" }).findings(1)).toThrow("#/$defs/None");
  });
});
