import { type JsonValue, type ObjectSchema, SchemaValidator } from "@smoltools/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutLeftOutNulls } from "./left-out-nulls.ts";

const inner: ObjectSchema = {
  type: "object",
  properties: { a: { type: "string" }, b: { type: "number" } },
  required: ["a"],
};

describe("withoutLeftOutNulls", () => {
  it.each<[string, ObjectSchema, JsonValue, JsonValue]>([
    ["of an optional property", inner, { a: "x", b: null }, { a: "x" }],
    [
      "of a property in a list",
      { type: "object", properties: { l: { type: "array", items: inner } }, required: ["l"] },
      { l: [{ a: "x", b: null }] },
      { l: [{ a: "x" }] },
    ],
    [
      "of a property behind a reference",
      { type: "object", properties: { o: { $ref: "#/$defs/i" } }, $defs: { i: inner } },
      { o: { a: "x", b: null } },
      { o: { a: "x" } },
    ],
    [
      "of a property in a map",
      { type: "object", additionalProperties: inner },
      { k: { a: "x", b: null } },
      { k: { a: "x" } },
    ],
    [
      "of a property in a choice",
      { type: "object", properties: { o: { anyOf: [{ type: "string" }, inner] } } },
      { o: { a: "x", b: null } },
      { o: { a: "x" } },
    ],
    [
      "of an item of a tuple",
      { type: "object", properties: { t: { type: "array", prefixItems: [true, inner] } } },
      { t: [null, { a: "x", b: null }] },
      { t: [null, { a: "x" }] },
    ],
  ])("takes the null away %s", (_, schema, written, cleaned) => {
    expect(withoutLeftOutNulls(written, schema)).toEqual(cleaned);
  });

  it.each<[string, ObjectSchema, JsonValue]>([
    ["an optional property may have", { type: "object", properties: { a: { type: ["string", "null"] } } }, { a: null }],
    ["a required property has", { type: "object", properties: { a: { type: "null" } }, required: ["a"] }, { a: null }],
    ["a property has that the schema does not know", { type: "object" }, { a: null }],
    ["a list holds", { type: "object", properties: { l: { type: "array" } } }, { l: [null] }],
  ])("keeps a null that %s", (_, schema, value) => {
    expect(withoutLeftOutNulls(value, schema)).toEqual(value);
  });

  it("makes any filled object fit its schema", () => {
    const names = ["a", "b", "c"];
    const schemas = fc.record({ required: fc.subarray(names), nullable: fc.subarray(names) });
    fc.assert(
      fc.property(schemas, fc.subarray(names), ({ required, nullable }, empty) => {
        const property = (name: string) =>
          nullable.includes(name) ? { type: ["number" as const, "null" as const] } : { type: "number" as const };
        const schema: ObjectSchema = {
          type: "object",
          required,
          properties: Object.fromEntries(names.map((name) => [name, property(name)])),
        };
        const mayBeEmpty = new Set(empty.filter((name) => nullable.includes(name) || !required.includes(name)));
        const written = Object.fromEntries(names.map((name) => [name, mayBeEmpty.has(name) ? null : 1]));
        expect(new SchemaValidator(schema).findings(withoutLeftOutNulls(written, schema))).toEqual([]);
      }),
    );
  });
});
