import { type JsonSchema, mediaSchema } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { pythonType } from "./python-type.ts";

const definitions = { $defs: { "a/b": { type: "string" }, loop: { $ref: "#/$defs/loop" } } } as const;

describe("the type of a schema in Python", () => {
  it.each<[schema: JsonSchema | undefined, type: string, nullable: boolean]>([
    [undefined, "any", false],
    [true, "any", false],
    [{}, "any", false],
    [{ type: "string" }, "string", false],
    [{ type: ["string", "null"] }, "string", true],
    [{ type: ["integer", "number"] }, "number", false],
    [{ type: ["string", "number"] }, "any", false],
    [{ type: "null" }, "null", false],
    [{ type: [] }, "null", false],
    [{ const: 3 }, "integer", false],
    [{ enum: ["a", "b", null] }, "string", true],
    [{ enum: [1, 2.5] }, "number", false],
    [{ enum: [["a"], {}] }, "any", false],
    [{ anyOf: [{ type: "array" }, { type: "null" }] }, "array", true],
    [{ oneOf: [{ type: "array" }, { type: "object" }] }, "any", false],
    [{ allOf: [{ type: "boolean" }] }, "boolean", false],
    [{ allOf: [{ type: "boolean" }, {}] }, "any", false],
    [{ $ref: "#/$defs/a~1b", ...definitions }, "string", false],
    [{ $ref: "#/$defs/loop", ...definitions }, "any", false],
    [{ $ref: "#/$defs/toString", ...definitions }, "any", false],
    [{ $ref: "https://example.com/schema" }, "any", false],
    [mediaSchema("image"), "image", false],
    [mediaSchema("audio"), "audio", false],
    [mediaSchema("video"), "object", false],
    [{ type: "string", contentEncoding: "base64", contentMediaType: "image/png" }, "image", false],
    [{ type: "string", contentEncoding: "base64" }, "string", false],
  ])("%j is %s, may be None: %s", (schema, type, nullable) => {
    expect(pythonType(schema)).toEqual({ type, nullable });
  });
});
