import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../json-schema.ts";
import { findingsText } from "../schema-finding.ts";
import { SchemaValidator } from "./schema-validator.ts";

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
    "what must not fit",
    { not: { type: "string" } },
    "x",
    '- the value: expected a value that does not fit {"type":"string"}, got "x"',
  ],
  [
    "a fraction where a whole number or null may stand",
    { type: ["integer", "null"] },
    1.5,
    "- the value: expected a whole number | null, got 1.5",
  ],
  [
    "a fraction for an integer in a union",
    { anyOf: [{ type: "integer" }, { type: "null" }] },
    1.5,
    "- the value: expected a whole number | null, got 1.5",
  ],
  [
    "too few keys inside",
    { properties: { a: { minProperties: 1 } } },
    { a: {} },
    "- a: expected at least 1 keys, got {}",
  ],
  [
    "a key that does not fit",
    { propertyNames: { maxLength: 1 } },
    { ab: 1 },
    '- ab: expected a key that fits {"maxLength":1}, got "ab"',
  ],
  [
    "an item that is missing",
    { contains: { type: "number" } },
    ["a"],
    '- the value: expected at least 1 items that fit {"type":"number"}, got ["a"]',
  ],
  [
    "the branch of a condition",
    JSON.parse('{ "if": { "required": ["a"] }, "then": { "required": ["b"] } }'),
    { a: 1 },
    "- b: expected a value (required), got nothing",
  ],
  [
    "the other branch of a condition",
    { if: { required: ["a"] }, else: { required: ["b"] } },
    {},
    "- b: expected a value (required), got nothing",
  ],
  [
    "a value that fits twice",
    { oneOf: [{ type: "number" }, { type: "integer" }] },
    1,
    "- the value: expected a value that fits only one of (number | a whole number), not 2 of them, got 1",
  ],
  [
    "what another key asks for",
    { dependentRequired: { a: ["b"] } },
    { a: 1 },
    "- b: expected a value (required), got nothing",
  ],
  [
    "a key that nothing has looked at",
    { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
    { a: 1, b: 2 },
    "- b: expected no such key (there are no keys), got 2",
  ],
  [
    "a recursive schema in a union",
    { type: "object", properties: { next: { anyOf: [{ $ref: "#" }, { type: "null" }] }, n: { type: "number" } } },
    { next: { n: "x" } },
    '- next.n: expected number, got "x"',
  ],
  [
    "a reference to a definition of older drafts",
    { properties: { a: { anyOf: [{ $ref: "#/definitions/A" }] } }, definitions: { A: { type: "string" } } },
    { a: 1 },
    "- a: expected string, got 1",
  ],
  [
    "a reference to another property",
    { properties: { a: { type: "string" }, b: { anyOf: [{ $ref: "#/properties/a" }] } } },
    { b: 1 },
    "- b: expected string, got 1",
  ],
  [
    "NaN",
    { properties: { a: { type: "number" } } },
    { a: Number.NaN },
    "- a: expected a number that JSON can hold, got NaN",
  ],
  ["a function", { type: "object" }, { a: [() => 1] }, "- a[0]: expected a value that JSON can hold, got a function"],
  ["a bigint", {}, 1n, "- the value: expected a value that JSON can hold, got 1n"],
  ["undefined", {}, undefined, "- the value: expected a value that JSON can hold, got nothing"],
  ["a hole in a list", {}, [undefined], "- [0]: expected a value that JSON can hold, got nothing"],
  [
    "a format that is a member of every object",
    { format: "__proto__", minLength: 2 },
    "x",
    '- the value: expected a text of at least 2 characters, got "x"',
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

  it("says that a value contains itself", () => {
    const value: Record<string, unknown> = {};
    value["self"] = value;
    expect(check({ type: "object" }, value)).toContain("- self: expected a value that does not contain itself");
  });

  it("says that a value is nested too deeply", () => {
    let value: unknown = 1;
    for (let level = 0; level < 5000; level++) value = [value];
    expect(check({ items: { $ref: "#" } }, value)).toContain("at most 256 levels");
  });

  it("says that a value takes too much work", () => {
    let value: unknown = 1;
    for (let level = 0; level < 100; level++) value = [value];
    const doubling: JsonSchema = { allOf: [{ items: { $ref: "#" } }, { items: { $ref: "#" } }] };
    expect(check(doubling, value)).toContain("reasonable time");
  });

  it("counts the texts in which the parts of a value are compared, level by level", () => {
    let value: unknown = "x".repeat(1_000_000);
    for (let level = 0; level < 200; level++) value = [value];
    expect(check({ uniqueItems: true, items: { $ref: "#" } }, value)).toContain("reasonable time");
  });

  it("compares a long text with many constants in one piece of work", () => {
    const text = "x".repeat(2_000_000);
    const constants = Array.from({ length: 500 }, (_, number): JsonSchema => ({ const: `${number}` }));
    expect(check({ anyOf: [...constants, { type: "string" }] }, text)).toBe("");
  });

  it("checks a union that branches at every level once for each part of the value", () => {
    let value: unknown = 1;
    for (let level = 0; level < 100; level++) value = [value];
    const branches: JsonSchema = { anyOf: [{ items: { $ref: "#" }, maxItems: 0 }, { items: { $ref: "#" } }] };
    expect(check(branches, value)).toBe("");
  });

  it("finds two equal objects among many", () => {
    const items = Array.from({ length: 20_000 }, (_, id) => ({ id, tags: ["a", "b"] }));
    const validator = new SchemaValidator({ type: "array", uniqueItems: true });
    expect(validator.findings(items)).toEqual([]);
    expect(validator.findings([...items, { tags: ["a", "b"], id: 7 }])).toHaveLength(1);
  });

  it("does not mind a schema that is frozen, and leaves it as it is", () => {
    const schema: JsonSchema = Object.freeze({ type: "string" as const });
    expect(new SchemaValidator(schema).findings("x")).toEqual([]);
    expect(Object.getOwnPropertyNames(schema)).toEqual(["type"]);
  });

  it("takes a needless escape, as schemas in the wild have it, for the character", () => {
    const validator = new SchemaValidator({ type: "string", pattern: "^\\d+\\-[\\w\\-@\\.\\:]+$" });
    expect(validator.findings("1-a@b.c:-")).toEqual([]);
    expect(validator.findings("1a")).toHaveLength(1);
  });
});

describe("SchemaValidator refuses a schema", () => {
  const chain = Object.fromEntries(
    Array.from({ length: 18 }, (_, level) => {
      const ref: JsonSchema = { $ref: `#/$defs/d${level + 1}` };
      return [`d${level}`, { allOf: [ref, ref] }] as const;
    }),
  );
  let deep: JsonSchema = true;
  for (let level = 0; level < 120; level++) deep = { items: deep };

  it.each<[string, JsonSchema, string]>([
    ["with a reference to nowhere", { $ref: "#/$defs/None" }, "#/$defs/None"],
    ["with a reference to another document", { items: { $ref: "https://example.org/a" } }, "leads nowhere"],
    ["that is a reference to itself", { $ref: "#" }, "refers to itself"],
    [
      "whose definitions refer to one another in a circle",
      { $defs: { a: { anyOf: [{ $ref: "#/$defs/b" }] }, b: { $ref: "#/$defs/a" } } },
      "refers to itself",
    ],
    ["with a pattern that is none", { properties: { a: { pattern: "(" } } }, "at #/properties/a, its pattern"],
    ["with a key pattern that is none", { patternProperties: { "[": true } }, "is not a regular expression"],
    ["with a pattern that takes exponential time", { pattern: "^(a+)+$" }, "exponential time"],
    ["with a pattern that holds only without the flag", { pattern: "^{a}$" }, "escape { } ]"],
    [
      "that doubles at every level",
      { $ref: "#/$defs/d0", $defs: { ...chain, d18: { type: "string" } } },
      "more than 10000 schemas",
    ],
    ["that is nested too deeply", deep, "more than 100 deep"],
    ["that is too large", { anyOf: Array.from({ length: 10_001 }, () => ({})) }, "more than 10000 schemas"],
    ["with a type that is none", JSON.parse('{ "type": "any" }'), "type must be the name of a type"],
    ["whose required keys are no list", JSON.parse('{ "required": true }'), "required must be a list of keys"],
    ["that is null", JSON.parse("null"), "expected an object, true or false"],
    ["that JSON cannot hold", { default: Number.NaN }, "a number that JSON can hold"],
  ])("%s", (_title, schema, problem) => {
    expect(() => new SchemaValidator(schema)).toThrow(
      expect.objectContaining({ code: "SCHEMA_INVALID", message: expect.stringContaining(problem) }),
    );
  });

  it.each<[string, JsonSchema, unknown]>([
    ["unevaluatedItems", { allOf: [{ prefixItems: [true] }, { unevaluatedItems: false }] }, [1]],
    ["unevaluatedProperties", { allOf: [{ properties: { a: true } }, { unevaluatedProperties: false }] }, { a: 1 }],
  ])("does not let %s see what its neighbours looked at", (_keyword, schema, value) => {
    expect(new SchemaValidator(schema).findings(value)).toHaveLength(1);
  });
});
