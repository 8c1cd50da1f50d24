import type { JsonSchema, ObjectSchema } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { isStrictSchema } from "./strict-schema.ts";

const object = (properties: Record<string, JsonSchema>, required = Object.keys(properties)): ObjectSchema => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

describe("isStrictSchema", () => {
  it.each<[string, ObjectSchema, boolean]>([
    ["an object that requires all it has", object({ a: { type: "string" } }), true],
    ["such an object within another", object({ a: object({ b: { type: "number" } }) }), true],
    ["an optional property", object({ a: { type: "string" } }, []), false],
    ["an object open to others", { type: "object", properties: {} }, false],
    ["an open object within a closed one", object({ a: { type: "object" } }), false],
    ["an open object in a list", object({ a: { type: "array", items: { type: "object" } } }), false],
    ["an open object in a choice", object({ a: { anyOf: [{ type: "object" }, { type: "null" }] } }), false],
    ["an open object in a definition", { ...object({}), $defs: { d: { type: "object" } } }, false],
    ["an object or null that is open", object({ a: { type: ["object", "null"] } }), false],
    ["allOf", object({ a: { allOf: [{ type: "string" }] } }), false],
    ["a keyword that strict mode does not know", object({ a: { type: "string", minLength: 1 } }), false],
    ["a choice at the root", { ...object({}), anyOf: [object({})] }, false],
    ["a choice below the root", object({ a: { anyOf: [{ type: "string" }, { type: "null" }] } }), true],
    ["true", object({ a: true }), false],
  ])("of %s", (_, schema, strict) => {
    expect(isStrictSchema(schema)).toBe(strict);
  });
});
