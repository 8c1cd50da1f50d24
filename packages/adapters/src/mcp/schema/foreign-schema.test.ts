import { SchemaValidator } from "@smoltools/core";
import { expect, test } from "vitest";
import { inputSchemaOf, outputSchemaOf } from "./foreign-schema.ts";

test("a schema of draft 7 means here what it means there", () => {
  const schema = inputSchemaOf({
    $schema: "http://json-schema.org/draft-07/schema#",
    type: "object",
    properties: {
      point: { type: "array", items: [{ type: "number" }, { type: "number" }], additionalItems: false },
      unit: { $ref: "#/definitions/unit" },
    },
    definitions: { unit: { enum: ["m", "km"] } },
  });
  const validator = new SchemaValidator(schema);
  expect(validator.findings({ point: [1, 2], unit: "km" })).toEqual([]);
  expect(validator.findings({ point: [1, 2, 3] })).toHaveLength(1);
  expect(validator.findings({ point: ["1", 2] })).toHaveLength(1);
  expect(validator.findings({ unit: "mile" })).toHaveLength(1);
});

test("a tool without an input schema takes nothing", () => {
  expect(inputSchemaOf(undefined)).toEqual({ type: "object", properties: {} });
});

test.each<[what: string, read: () => unknown, message: string]>([
  ["a text", () => inputSchemaOf("text"), "it is not a JSON Schema"],
  ["a schema of lists", () => inputSchemaOf({ type: "array" }), "only objects"],
  ["a reference out", () => inputSchemaOf({ properties: { a: { $ref: "https://x.invalid/s" } } }), "leads nowhere"],
  ["an output schema that is none", () => outputSchemaOf(7), "it is not a JSON Schema"],
])("%s is refused", (_, read, message) => {
  expect(read).toThrow(message);
});
