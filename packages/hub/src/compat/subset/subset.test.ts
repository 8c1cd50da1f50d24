import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { Budget } from "./budget.ts";
import { Subset } from "./subset.ts";

const text: JsonSchema = { type: "string" };
const closed = (properties: Record<string, JsonSchema>, ...required: string[]): JsonSchemaObject => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});
const list = {
  $ref: "#/$defs/List",
  $defs: { List: closed({ next: { anyOf: [{ $ref: "#/$defs/List" }, { type: "null" }] } }, "next") },
};

const within: [string, JsonSchema, JsonSchema][] = [
  ["everything in everything", true, {}],
  ["nothing in anything", false, { type: "string", minLength: 9 }],
  ["an integer in a number", { type: "integer" }, { type: "number" }],
  ["tenths in twentieths", { type: "number", multipleOf: 0.3 }, { type: "number", multipleOf: 0.1 }],
  ["whole hundreds in tens", { type: "integer", multipleOf: 100 }, { type: "number", multipleOf: 10 }],
  ["even numbers in integers", { type: "number", multipleOf: 2 }, { type: "integer" }],
  ["an exclusive bound in the next integer", { type: "integer", exclusiveMinimum: 0 }, { type: "number", minimum: 1 }],
  ["a value in a range", { const: 3 }, { type: "integer", minimum: 3, maximum: 3 }],
  ["a boolean in both its values", { type: "boolean" }, { enum: [true, false] }],
  ["types in a union", { type: ["string", "null"] }, { anyOf: [text, { type: "null" }] }],
  ["a union in types", { anyOf: [text, { type: "null" }] }, { type: ["null", "string"] }],
  ["alternatives that exclude each other", { oneOf: [text, { type: "null" }] }, { oneOf: [{ type: "null" }, text] }],
  ["an object in its parts", closed({ a: text, b: text }, "a"), { allOf: [{ required: ["a"] }, { type: "object" }] }],
  [
    "the parts in the object",
    { allOf: [{ type: "object", required: ["a"] }, { properties: { a: text } }] },
    { properties: { a: text } },
  ],
  [
    "an object taken apart by its tag",
    closed({ k: { enum: ["c", "d"] } }, "k"),
    { anyOf: [closed({ k: { const: "c" } }, "k"), closed({ k: { const: "d" } }, "k")] },
  ],
  [
    "a tuple in an array",
    { type: "array", prefixItems: [text, text], items: false },
    { type: "array", items: text, maxItems: 2 },
  ],
  ["a listed property in a pattern", closed({ ab: text }), { type: "object", patternProperties: { "^a": text } }],
  ["a property that cannot be", closed({ a: text, b: false }), closed({ a: text })],
  ["an object that cannot be", closed({}, "a"), { type: "object", properties: { b: { const: 1 } }, required: ["b"] }],
  [
    "a list in itself, named otherwise",
    list,
    JSON.parse(JSON.stringify(list).replaceAll("List", "Chain")) as JsonSchema,
  ],
  [
    "a list in an unrolled one",
    list,
    {
      ...closed({ next: { anyOf: [list, { type: "null" }] } }, "next"),
      $defs: list.$defs,
    },
  ],
];

const outside: [string, JsonSchema, JsonSchema, string][] = [
  ["a number in integers", { type: "number" }, { type: "integer" }, "type"],
  ["a text in a shorter one", text, { type: "string", maxLength: 3 }, "length"],
  ["a text in a date", text, { type: "string", format: "date" }, "format"],
  ["steps of a half in integers", { type: "number", multipleOf: 0.5 }, { type: "integer" }, "type"],
  ["an open bound in a closed one", { type: "number", minimum: 0 }, { type: "number", exclusiveMinimum: 0 }, "range"],
  ["a text in a few texts", text, { enum: ["a"] }, "value"],
  ["an array in a set", { type: "array" }, { type: "array", uniqueItems: true }, "unique"],
  ["an open object in a closed one", { type: "object" }, closed({}), "unknown-key"],
  [
    "an open object in one that forbids a name",
    { type: "object" },
    { type: "object", properties: { a: false } },
    "removed-key",
  ],
  [
    "any object in one whose names have a pattern",
    { type: "object" },
    { type: "object", patternProperties: { "^a": text } },
    "value",
  ],
  ["what is not said in what must not be", text, { not: { const: "a" } }, "unproved"],
  ["alternatives that overlap", text, { oneOf: [text, { type: "string", minLength: 1 }] }, "unproved"],
  ["integers in thirds", { type: "integer" }, { type: "number", multipleOf: 0.3333333333333333 }, "range"],
  [
    "an integer beyond the exact ones in those above it",
    { type: "integer", minimum: 2 ** 53 },
    { type: "integer", exclusiveMinimum: 2 ** 53 },
    "range",
  ],
  [
    "what one key requires in what it requires besides",
    { type: "object" },
    { type: "object", dependencies: { a: ["b"] } } as JsonSchema,
    "unproved",
  ],
  [
    "a part in the same part that leads elsewhere",
    { type: "object", properties: { a: { $ref: "#/x-shared" } }, "x-shared": text } as JsonSchema,
    {
      type: "object",
      properties: { a: { $ref: "#/x-shared" } },
      "x-shared": { type: "string", maxLength: 1 },
    } as JsonSchema,
    "length",
  ],
  [
    "a definition in the same one that leads elsewhere",
    {
      $ref: "#/$defs/A",
      default: "a",
      $defs: { A: { type: "array", items: { $ref: "#/properties/x" } } },
      properties: { x: text },
    },
    {
      $ref: "#/$defs/A",
      default: "b",
      $defs: { A: { type: "array", items: { $ref: "#/properties/x" } } },
      properties: { x: { type: "string", maxLength: 1 } },
    },
    "length",
  ],
  [
    "a part with an address of its own in the same part",
    { type: "object", properties: { a: { $id: "https://a.example/x", $ref: "#/$defs/T", $defs: { T: true } } } },
    { type: "object", properties: { a: { $id: "https://a.example/x", $ref: "#/$defs/T", $defs: { T: false } } } },
    "unproved",
  ],
  ["a list in one that ends", list, { ...list, $defs: { List: closed({ next: { type: "null" } }, "next") } }, "type"],
];

describe("Subset", () => {
  it.each(within)("proves %s", (_title, inner, outer) => {
    expect(new Subset(inner, outer).reasons()).toEqual([]);
  });

  it.each(outside)("does not find %s, and says why", (_title, inner, outer, kind) => {
    const kinds = new Subset(inner, outer).reasons().map((reason) => reason.kind);
    expect(kinds).toContain(kind);
  });

  it("does not take a union that contains itself for a proof", () => {
    const loop: JsonSchema = { $ref: "#/$defs/T", $defs: { T: { anyOf: [{ $ref: "#/$defs/T" }, text] } } };
    expect(new Subset({ type: "number" }, loop).reasons()).not.toEqual([]);
  });

  it("gives up on what takes too much work, for all comparisons together, and says that nothing is proved", () => {
    const budget = new Budget(20_000);
    const wide = (type: string): JsonSchema => ({
      anyOf: Array.from({ length: 60 }, (_, i) => ({
        type: "object",
        required: [`${type}${i}`],
        properties: { a: text },
      })),
    });
    const reasons = new Subset(wide("a"), wide("b"), budget).reasons();
    expect(reasons.map(({ kind }) => kind)).toContain("unproved");
    expect(new Subset({ type: "integer" }, { type: "number" }, budget).reasons()).toMatchObject([{ kind: "unproved" }]);
  });

  it("gives up on schemas that are too large, and says that nothing is proved", () => {
    let schema: JsonSchema = text;
    for (let i = 0; i < 100; i++) schema = { type: "array", items: schema };
    const reasons = new Subset(schema, { ...schema, maxItems: 3 }).reasons();
    expect(reasons.length).toBeGreaterThan(0);
  });
});
