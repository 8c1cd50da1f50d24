import type { JsonSchemaObject } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { draft07 } from "./draft-07.ts";

describe("draft07", () => {
  it.each<[string, JsonSchemaObject, unknown]>([
    [
      "leaves alone what both have",
      { type: "object", properties: { a: { enum: [1] } }, required: ["a"], additionalProperties: false },
      { type: "object", properties: { a: { enum: [1] } }, required: ["a"], additionalProperties: false },
    ],
    [
      "writes tuples",
      { prefixItems: [{ type: "string" }, true], items: { type: "number" } },
      { items: [{ type: "string" }, true], additionalItems: { type: "number" } },
    ],
    ["writes tuples that end", { prefixItems: [true], items: false }, { items: [true], additionalItems: false }],
    [
      "writes dependencies",
      { dependentRequired: { a: ["b"] }, dependentSchemas: { c: { prefixItems: [true] } } },
      { dependencies: { a: ["b"], c: { items: [true] } } },
    ],
    [
      "leaves out what it cannot say",
      { $schema: "https://json-schema.org/draft/2020-12/schema", unevaluatedProperties: false, minContains: 2 },
      {},
    ],
    [
      "goes into each keyword that holds schemas",
      {
        $defs: { d: { prefixItems: [true] } },
        anyOf: [{ prefixItems: [true] }],
        not: { prefixItems: [true] },
        properties: { prefixItems: { prefixItems: [true] } },
        items: { prefixItems: [true] },
      },
      {
        $defs: { d: { items: [true] } },
        anyOf: [{ items: [true] }],
        not: { items: [true] },
        properties: { prefixItems: { items: [true] } },
        items: { items: [true] },
      },
    ],
    ["leaves values alone that look like schemas", { const: { prefixItems: [1] } }, { const: { prefixItems: [1] } }],
  ])("%s", (_, schema, written) => {
    expect(draft07(schema)).toEqual(written);
  });
});
