import { canonicalJson, type JsonSchema, SchemaValidator } from "@smoltools/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unwrapSchema, wrapSchema } from "./wrapped-schema.ts";

const leaf = fc.constantFrom<JsonSchema>(
  { type: "integer" },
  { type: "string", enum: ["a", "$ref"] },
  { const: { $ref: "#" } },
  { $ref: "#" },
  { $ref: "#/$defs/one" },
  { type: "array", default: [{ $ref: "#/x" }] },
);
const schemas = fc.letrec<{ schema: JsonSchema; inner: JsonSchema }>((tie) => ({
  inner: fc.oneof(
    { maxDepth: 3 },
    leaf,
    tie("inner").map((items): JsonSchema => ({ type: "array", items })),
    fc
      .dictionary(fc.constantFrom("a", "$ref", "default", "properties", "result"), tie("inner"))
      .map((properties): JsonSchema => ({ type: "object", properties })),
    fc.array(tie("inner"), { minLength: 1, maxLength: 2 }).map((anyOf): JsonSchema => ({ anyOf })),
  ),
  schema: fc.tuple(tie("inner"), leaf).map(([items, one]): JsonSchema => ({ type: "array", items, $defs: { one } })),
})).schema;

/** Its references lead to where no keyword has schemas. */
const elsewhere = {
  type: "array",
  items: { $ref: "#/components/schemas/Node" },
  components: {
    schemas: { Node: { type: "object", properties: { next: { $ref: "#/components/schemas/Node" } } } },
  },
} as JsonSchema;

describe("a schema in an object of one property", () => {
  it("is found in it again as it was", () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        expect(canonicalJson(unwrapSchema(wrapSchema(schema)))).toBe(canonicalJson(schema));
      }),
    );
  });

  it.each<[JsonSchema, unknown, boolean]>([
    [{ type: "array", items: { $ref: "#" } }, [[], [[]]], true],
    [{ type: "array", items: { $ref: "#" } }, [1], false],
    [{ $defs: { n: { type: "integer" } }, type: "array", items: { $ref: "#/$defs/n" } }, [1], true],
    [{ $defs: { n: { type: "integer" } }, type: "array", items: { $ref: "#/$defs/n" } }, ["1"], false],
    [{ type: "array", prefixItems: [{ type: "integer" }], items: { $ref: "#/prefixItems/0" } }, [1, "2"], false],
    [elsewhere, [{ next: {} }], true],
    [elsewhere, [{ next: 1 }], false],
    [true, 1, true],
    [false, 1, false],
  ])("%j takes %j there as well: %s", (schema, value, isFit) => {
    const findings = new SchemaValidator(wrapSchema(schema)).findings({ result: value });
    expect(findings.length === 0).toBe(isFit);
  });

  it.each<[JsonSchema]>([
    [true],
    [{ type: "object" }],
    [{ type: "object", properties: { result: { type: "string" }, more: {} } }],
    [{ type: "object", properties: { value: { type: "string" } } }],
  ])("is not found in %j", (schema) => {
    expect(unwrapSchema(schema)).toBeUndefined();
  });
});
