import { expect, test } from "vitest";
import type { JsonSchema } from "../schema/json-schema.ts";
import { leftOutNulls } from "./left-out-nulls.ts";

test.each<[what: string, schema: JsonSchema, required: boolean, kept: boolean]>([
  ["an optional integer", { type: "integer" }, false, false],
  ["an optional text among given ones", { enum: ["a", "b"] }, false, false],
  ["an optional constant", { const: 1 }, false, false],
  ["an optional choice without null", { anyOf: [{ type: "string" }, { type: "number" }] }, false, false],
  ["a required integer", { type: "integer" }, true, true],
  ["an optional integer or null", { type: ["integer", "null"] }, false, true],
  ["an optional choice with null", { oneOf: [{ type: "string" }, { type: "null" }] }, false, true],
  ["an enumeration with null", { enum: ["a", null] }, false, true],
  ["a property of any value", {}, false, true],
  ["a property of a schema that is elsewhere", { $ref: "#/$defs/a" }, false, true],
])("null for %s", (_what, schema, required, kept) => {
  const root = { type: "object", properties: { a: schema, b: true }, required: required ? ["a"] : [] } as const;
  expect(leftOutNulls({ a: null, b: null }, root)).toEqual(kept ? { a: null, b: null } : { b: null });
});

test("null for a property that there is not stays, to be refused", () => {
  expect(leftOutNulls({ c: null }, { type: "object", properties: {} })).toEqual({ c: null });
});
