import type { ObjectSchema } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { inputFromOptions } from "./tool-input.ts";

const schema: ObjectSchema = {
  type: "object",
  properties: {
    city: { type: "string" },
    maxRows: { type: "integer" },
    dry_run: { type: "boolean" },
    tags: { type: "array", items: { type: "string" } },
    unit: { enum: ["metric", "imperial"] },
    level: { enum: [1, 2] },
    place: { anyOf: [{ type: "string" }, { type: "object" }] },
    limit: { type: ["number", "null"] },
  },
};

describe("inputFromOptions", () => {
  it.each<[string, string[], object]>([
    ["a text", ["--city", "Oslo"], { city: "Oslo" }],
    ["a text that reads as a number", ["--city", "12"], { city: "12" }],
    ["a value behind =", ["--city=a=b"], { city: "a=b" }],
    ["an empty text", ["--city="], { city: "" }],
    ["a number", ["--maxRows", "3"], { maxRows: 3 }],
    ["another spelling of the name", ["--max-rows", "3", "--dry-run"], { maxRows: 3, dry_run: true }],
    ["a negative number", ["--limit", "-3"], { limit: -3 }],
    ["a negated boolean", ["--no-dry-run"], { dry_run: false }],
    ["a boolean with a value", ["--dry-run", "false"], { dry_run: false }],
    ["an array", ["--tags", '["a","b"]'], { tags: ["a", "b"] }],
    ["one of several texts", ["--unit", "metric"], { unit: "metric" }],
    ["one of several numbers", ["--level", "2"], { level: 2 }],
    ["a text where an object would do too", ["--place", "Oslo"], { place: "Oslo" }],
    ["an object where a text would do too", ["--place", '{"lat":1}'], { place: { lat: 1 } }],
    ["null", ["--limit", "null"], { limit: null }],
  ])("reads %s", (_title, options, input) => {
    expect(inputFromOptions(options, schema)).toEqual(input);
  });

  it.each<[string, string[], string]>([
    ["an unknown option", ["--town", "Oslo"], "--town is not an argument of the tool"],
    ["a missing value", ["--city"], "--city needs a value"],
    ["a value that is no JSON", ["--max-rows", "many"], "write the value as JSON"],
    ["a negation of what is no boolean", ["--no-city"], "--no-city is not an argument"],
  ])("refuses %s", (_title, options, message) => {
    expect(() => inputFromOptions(options, schema)).toThrow(message);
  });
});
