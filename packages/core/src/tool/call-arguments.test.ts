import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ObjectSchema } from "../schema/json-schema.ts";
import { inputFromArguments } from "./call-arguments.ts";

const schema: ObjectSchema = {
  type: "object",
  properties: { place: {}, days: {}, units: {} },
  required: ["place"],
  additionalProperties: false,
};

describe("inputFromArguments", () => {
  it.each<[string, unknown[], unknown]>([
    ["takes arguments in order", ["Oslo", 3], { place: "Oslo", days: 3 }],
    ["skips an argument that is undefined", ["Oslo", undefined, "metric"], { place: "Oslo", units: "metric" }],
    ["takes one object of named arguments", [{ place: "Oslo", units: "metric" }], { place: "Oslo", units: "metric" }],
    ["takes an object with other keys for the first argument", [{ lat: 1 }], { place: { lat: 1 } }],
    ["takes an object that lacks a required key for the first argument", [{ days: 1 }], { place: { days: 1 } }],
    [
      "keeps what is too much, for the check to report",
      ["a", 1, "b", 4],
      { place: "a", days: 1, units: "b", "argument 4": 4 },
    ],
    ["takes no arguments", [], {}],
  ])("%s", (_title, args, input) => {
    expect(inputFromArguments(args, schema)).toEqual(input);
  });

  it.each<[string, ObjectSchema["properties"], unknown]>([
    ["without parameters", {}, {}],
    ["whose parameters are all optional", { path: { type: "string" } }, {}],
    ["whose first parameter may be a text or null", { path: { anyOf: [{ type: "string" }, { type: "null" }] } }, {}],
    ["whose first parameter is an object", { filter: { type: "object" } }, { filter: {} }],
    ["whose first parameter may be an object", { filter: { type: ["string", "object"] } }, { filter: {} }],
    ["whose first parameter may be anything", { filter: {} }, { filter: {} }],
  ])("reads an empty object for a tool %s", (_title, properties, input) => {
    const optional: ObjectSchema = { type: "object", ...(properties && { properties }), additionalProperties: false };
    expect(inputFromArguments([{}], optional)).toEqual(input);
  });

  it("takes an empty object for the first argument where one is required", () => {
    expect(inputFromArguments([{}], schema)).toEqual({ place: {} });
  });

  it("hands one object through where the schema has no positions", () => {
    const open: ObjectSchema = { type: "object", additionalProperties: { type: "number" } };
    expect(inputFromArguments([{ a: 1 }], open)).toEqual({ a: 1 });
  });

  it("finds every value that was passed by position", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 3 }), (args) => {
        expect(Object.values(inputFromArguments(args, schema))).toEqual(args);
      }),
    );
  });
});
