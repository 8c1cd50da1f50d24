import { SchemaValidator } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { importInputSchema, importSchema } from "./import-schema.ts";

describe("a schema of an earlier draft", () => {
  it.each<[string, unknown, unknown]>([
    ["that names its draft", { $schema: "http://json-schema.org/draft-07/schema#", type: "null" }, { type: "null" }],
    [
      "with a list of items",
      { items: [{ type: "string" }, { type: "number" }], additionalItems: false },
      { prefixItems: [{ type: "string" }, { type: "number" }], items: false },
    ],
    ["with an empty list of items", { items: [], additionalItems: true }, { items: true }],
    [
      "with one schema for all items",
      { items: { type: "string" }, additionalItems: false },
      { items: { type: "string" } },
    ],
    ["with an exclusive bound that is a mark", { minimum: 1, exclusiveMinimum: true }, { exclusiveMinimum: 1 }],
    ["with a mark that is off", { maximum: 1, exclusiveMaximum: false }, { maximum: 1 }],
    ["with a mark and no bound", { exclusiveMaximum: true }, {}],
    ["with an exclusive bound of today", { exclusiveMinimum: 0, maximum: 1 }, { exclusiveMinimum: 0, maximum: 1 }],
    [
      "with dependencies",
      { dependencies: { a: ["b"], c: { required: ["d"], items: [true] } } },
      { dependentRequired: { a: ["b"] }, dependentSchemas: { c: { required: ["d"], prefixItems: [true] } } },
    ],
    [
      "within properties, definitions and alternatives",
      {
        properties: { list: { items: [true] } },
        definitions: { a: { items: [true] } },
        anyOf: [{ $schema: "x" }],
        not: { items: [true] },
      },
      {
        properties: { list: { prefixItems: [true] } },
        definitions: { a: { prefixItems: [true] } },
        anyOf: [{}],
        not: { prefixItems: [true] },
      },
    ],
    [
      "with data that looks like a schema",
      { const: { items: [1] }, enum: [{ $schema: 1 }], default: { items: [2] } },
      {
        const: { items: [1] },
        enum: [{ $schema: 1 }],
        default: { items: [2] },
      },
    ],
    [
      "with a property that is called like a keyword",
      { properties: { items: { type: "array" }, $ref: { type: "string" }, dependencies: true } },
      { properties: { items: { type: "array" }, $ref: { type: "string" }, dependencies: true } },
    ],
  ])("%s is written anew", (_what, schema, expected) => {
    expect(importSchema(schema)).toEqual(expected);
  });

  it("keeps references into its lists of items", () => {
    const line = {
      type: "array",
      items: [{ type: "object", properties: { x: { type: "number" } } }, { $ref: "#/properties/line/items/0" }],
    };
    const schema = importInputSchema({ type: "object", properties: { line } });
    expect(new SchemaValidator(schema).findings({ line: [{ x: 1 }, { x: "2" }] })).toHaveLength(1);
  });

  it.each([[null], ["text"], [[]], [{ properties: { a: 7, b: null } }], [{ not: "x" }]])(
    "%j can be imported or is refused, and never judged",
    (schema) => {
      const outcome = (() => {
        try {
          return typeof importSchema(schema);
        } catch (error) {
          return String(error);
        }
      })();
      expect(outcome).toMatch(/^object$|not a JSON Schema/);
    },
  );

  it("that contains itself is refused", () => {
    const schema: { items?: unknown } = {};
    schema.items = schema;
    expect(() => importSchema(schema)).toThrow("in a circle");
  });
});

describe("a schema of the input", () => {
  it.each<[unknown, unknown]>([
    [{}, { type: "object" }],
    [true, { type: "object" }],
    [{ type: ["object", "null"] }, { type: "object" }],
    [{ anyOf: [{ required: ["a"] }] }, { type: "object", anyOf: [{ required: ["a"] }] }],
    [
      { $ref: "#/definitions/Input", definitions: { Input: { type: "object", required: ["a"] } } },
      { type: "object", required: ["a"], definitions: { Input: { type: "object", required: ["a"] } } },
    ],
    [{ $ref: "#/definitions/Gone" }, { type: "object", $ref: "#/definitions/Gone" }],
  ])("%j becomes %j", (schema, expected) => {
    expect(importInputSchema(schema)).toEqual(expected);
  });

  it.each([[false], [{ type: "string" }], [{ type: ["array", "null"] }]])("%j is refused", (schema) => {
    expect(() => importInputSchema(schema)).toThrow(/input/);
  });
});
