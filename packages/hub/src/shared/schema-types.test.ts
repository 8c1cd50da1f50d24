import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schemaTypes } from "./schema-types.ts";
import { matchesValue, toolFacts } from "./tool-facts.ts";

describe("schemaTypes", () => {
  it.each<[string, unknown, string[]]>([
    ["a type", { type: "string" }, ["string"]],
    ["a whole number", { type: "integer" }, ["integer", "number"]],
    ["several types", { type: ["string", "null"] }, ["string", "null"]],
    ["a list", { type: "array", items: { type: "string" } }, ["array", "string[]"]],
    [
      "a list of lists",
      { type: "array", items: { type: "array", items: { type: "null" } } },
      ["array", "array[]", "null[][]"],
    ],
    ["values", { enum: ["a", 1, null] }, ["string", "number", "null"]],
    ["one value", { const: true }, ["boolean"]],
    ["a format", { type: "string", format: "date" }, ["string", "date"]],
    ["alternatives", { anyOf: [{ type: "string" }, { type: "number" }] }, ["string", "number"]],
    ["an image", { type: "object", properties: { kind: { const: "image" }, mediaType: {} } }, ["image"]],
    ["an object", { type: "object", properties: { kind: { const: "car" } } }, ["object"]],
    ["a reference", { $ref: "#/$defs/x~1y", $defs: { "x/y": { type: "number" } } }, ["number"]],
    ["a reference in a circle", { $ref: "#", type: "string" }, ["string"]],
    ["a reference to a prototype", { $ref: "#/constructor" }, []],
    ["anything", true, []],
    ["nothing", undefined, []],
  ])("of %s", (_title, schema, types) => {
    expect(schemaTypes(schema)).toEqual(types);
  });

  it("ends, whatever the schema", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (schema) => {
        expect(schemaTypes(schema).length).toBeLessThanOrEqual(50);
      }),
    );
  });

  it("ends for a list of itself", () => {
    expect(schemaTypes({ type: "array", items: { $ref: "#" } })).toContain("array[]");
  });

  it("does not go round in a schema that refers to itself many times", () => {
    const branches = Array.from({ length: 40 }, () => ({ $ref: "#" }));
    expect(schemaTypes({ anyOf: branches, oneOf: branches, type: "string" })).toEqual(["string"]);
  });
});

describe("toolFacts", () => {
  const facts = toolFacts({
    name: "forecast",
    description: "Tells the weather.",
    inputSchema: {
      type: "object",
      properties: { city: { type: "string" }, photo: { $ref: "#/$defs/photo" } },
      $defs: {
        photo: { type: "object", properties: { kind: { const: "image" } } },
      },
    },
    outputSchema: { type: "object", properties: { celsius: { type: "number" } } },
  });

  it("knows inputs and outputs by name and type", () => {
    expect(facts).toEqual({
      name: "forecast",
      description: "Tells the weather.",
      inputs: [
        { name: "city", types: ["string"] },
        { name: "photo", types: ["image"] },
      ],
      outputs: [
        { name: "", types: ["object"] },
        { name: "celsius", types: ["number"] },
      ],
    });
  });

  it.each([
    ["string", true],
    ["city", true],
    ["city:string", true],
    ["image", true],
    ["photo:string", false],
    ["number", false],
  ])("finds %s among the inputs: %s", (wanted, found) => {
    expect(matchesValue(facts.inputs, wanted)).toBe(found);
  });

  it("makes something of anything", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (tool) => {
        expect(Array.isArray(toolFacts(tool).inputs)).toBe(true);
      }),
    );
  });
});
