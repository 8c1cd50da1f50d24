import type { ObjectSchema } from "@smoltools/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flagName } from "./flag-place.ts";
import { inputFromFlags } from "./input-from-flags.ts";

const schema: ObjectSchema = {
  type: "object",
  properties: {
    city: { type: "string" },
    maxRows: { type: "integer" },
    dry_run: { type: "boolean" },
    tags: { type: "array", items: { type: "string" } },
    counts: { type: "array", items: { type: "integer" } },
    unit: { enum: ["metric", "imperial"] },
    level: { enum: [1, 2] },
    place: { anyOf: [{ type: "string" }, { type: "object" }] },
    limit: { type: ["number", "null"] },
    when: { type: "string", format: "date-time" },
    day: { type: "string", format: "date" },
    options: { $ref: "#/$defs/Options" },
    headers: { type: "object", additionalProperties: { type: "string" } },
    rows: { type: "array", items: { type: "object", properties: { name: { type: "string" } } } },
    sort: { anyOf: [{ const: "name" }, { const: "age" }, { type: "null" }] },
    flag: { anyOf: [{ type: "boolean" }, { type: "string" }] },
    anything: {},
  },
  $defs: {
    Options: {
      type: "object",
      properties: { limit: { type: "integer" }, verbose: { type: "boolean" }, inner: { $ref: "#/$defs/Options" } },
    },
  },
};

/** The code of the error with which flags are refused. */
function failureOf(flags: readonly string[]): unknown {
  try {
    inputFromFlags(flags, schema);
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}

describe("inputFromFlags", () => {
  it.each<[string, string[], object]>([
    ["a text", ["--city", "Oslo"], { city: "Oslo" }],
    ["a text that reads as a number", ["--city", "12"], { city: "12" }],
    ["a value behind =", ["--city=a=b"], { city: "a=b" }],
    ["an empty text", ["--city="], { city: "" }],
    ["a number", ["--maxRows", "3"], { maxRows: 3 }],
    ["another spelling of the name", ["--max-rows", "3", "--dry-run"], { maxRows: 3, dry_run: true }],
    ["a negative number", ["--limit", "-3"], { limit: -3 }],
    ["a number as people write it", ["--limit", ".5"], { limit: 0.5 }],
    ["a negated boolean", ["--no-dry-run"], { dry_run: false }],
    ["a boolean with a value", ["--dry-run", "false", "--city", "Oslo"], { dry_run: false, city: "Oslo" }],
    ["a boolean in words", ["--dry-run=no"], { dry_run: false }],
    ["a list as JSON", ["--tags", '["a","b"]'], { tags: ["a", "b"] }],
    ["a list by repetition", ["--tags", "a", "--tags=b"], { tags: ["a", "b"] }],
    ["a list of numbers", ["--counts", "1", "--counts", "2"], { counts: [1, 2] }],
    ["a list in both ways", ["--counts", "[1,2]", "--counts", "3"], { counts: [1, 2, 3] }],
    ["one of several texts", ["--unit", "metric"], { unit: "metric" }],
    ["one of several numbers", ["--level", "2"], { level: 2 }],
    ["one of several constants", ["--sort", "age"], { sort: "age" }],
    ["null among constants", ["--sort", "null"], { sort: null }],
    ["a text where an object would do too", ["--place", "Oslo"], { place: "Oslo" }],
    ["an object where a text would do too", ["--place", '{"lat":1}'], { place: { lat: 1 } }],
    ["null", ["--limit", "null"], { limit: null }],
    ["a day for a time", ["--when", "2026-11-21"], { when: "2026-11-21T00:00:00.000Z" }],
    ["a time with a zone", ["--when", "2026-11-21 10:30+01:00"], { when: "2026-11-21T09:30:00.000Z" }],
    ["a day", ["--day", "2026-11-21"], { day: "2026-11-21" }],
    ["a member of an object", ["--options.limit", "5"], { options: { limit: 5 } }],
    ["members of an object", ["--options.limit=5", "--no-options.verbose"], { options: { limit: 5, verbose: false } }],
    ["a member far inside", ["--options.inner.inner.limit", "5"], { options: { inner: { inner: { limit: 5 } } } }],
    ["a whole object", ["--options", '{"limit":5}'], { options: { limit: 5 } }],
    [
      "an object and a member",
      ["--options", '{"limit":5}', "--options.verbose"],
      { options: { limit: 5, verbose: true } },
    ],
    ["a key of a record", ["--headers.accept", "json"], { headers: { accept: "json" } }],
    ["a key with a dot", ["--headers.a.b", "json"], { headers: { "a.b": "json" } }],
    ["an item of a list", ["--rows.0.name", "x", "--rows.1.name", "y"], { rows: [{ name: "x" }, { name: "y" }] }],
    ["a switch that may be a text", ["--flag"], { flag: true }],
    ["a text that may be a switch", ["--flag", "on"], { flag: "on" }],
    ["anything", ["--anything", "{}"], { anything: {} }],
  ])("reads %s", (_title, flags, input) => {
    expect(inputFromFlags(flags, schema)).toEqual(input);
  });

  it.each<[string, string[], string]>([
    ["an unknown flag", ["--town", "Oslo"], "--town is not an argument of the tool. It takes --city, --max-rows"],
    ["a flag that is nearly one", ["--ctiy", "Oslo"], "Did you mean --city?"],
    ["a missing value", ["--city"], "--city needs a value"],
    ["a value that is no number", ["--max-rows", "many"], "--max-rows many: write a whole number"],
    ["a fraction for a whole number", ["--max-rows", "1.5"], "write a whole number"],
    ["infinity", ["--limit", "Infinity"], "as JSON"],
    ["a value that is not among the choices", ["--unit", "metirc"], "it can be metric, imperial. Did you mean metric?"],
    ["a negation of what is no boolean", ["--no-city"], "--no-city is not an argument"],
    ["a negation with a value", ["--no-dry-run=1"], "takes no value"],
    ["a time that is none", ["--when", "tomorrow"], "write a day or a time, such as 2026-11-21"],
    ["a day that there is not", ["--day", "2026-02-30"], "write a day"],
    ["a flag that is given twice", ["--city", "a", "--city", "b"], "--city is given twice"],
    ["a value without a flag", ["Oslo"], '"Oslo" belongs to no argument'],
    ["a value behind a switch", ["--dry-run", "maybe"], '"maybe" belongs to no argument'],
    ["a member that the object does not have", ["--options.limt", "5"], "--options.limt is not an argument"],
    ["a member of the wrong type", ["--options.limit", "x"], "write a whole number"],
    ["an item of the wrong type", ["--counts", "x"], "--counts x: write a whole number"],
    ["an item too far away", ["--rows.9999.name", "x"], "too far"],
    ["dashes alone", ["--"], "belongs to no argument"],
  ])("refuses %s", (_title, flags, message) => {
    expect(() => inputFromFlags(flags, schema)).toThrow(message);
  });

  it("puts flags over an input: members by dots one by one, lists as a whole", () => {
    const start = { city: "Rome", options: { limit: 5, verbose: true }, tags: ["old"] };
    const flags = ["--city", "Oslo", "--options.limit", "6", "--tags", "a", "--tags", "b"];
    expect(inputFromFlags(flags, schema, start)).toEqual({
      city: "Oslo",
      options: { limit: 6, verbose: true },
      tags: ["a", "b"],
    });
    expect(start).toEqual({ city: "Rome", options: { limit: 5, verbose: true }, tags: ["old"] });
  });

  it("has no way to the prototype of objects", () => {
    const open: ObjectSchema = { type: "object", properties: { map: { type: "object", additionalProperties: true } } };
    const input = inputFromFlags(["--map.__proto__", '{"polluted":1}'], open);
    expect(Object.keys(input["map"] as object)).toEqual(["__proto__"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("gives back every text as it is where a text is wanted", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(inputFromFlags([`--city=${text}`], schema)).toEqual({ city: text });
      }),
    );
  });

  it("gives back every JSON value where anything may stand", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const written = JSON.stringify(value);
        fc.pre(typeof value !== "string");
        expect(inputFromFlags([`--anything=${written}`], schema)).toEqual({ anything: JSON.parse(written) as unknown });
      }),
    );
  });

  it("never fails but with a usage error", () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom("--city", "--options.limit", "--rows.0", "--no-dry-run", "--", "{"),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (flags) => {
        expect([undefined, "USAGE"]).toContain(failureOf(flags));
      }),
    );
  });
});

it.each([
  ["maxRows", "max-rows"],
  ["max_rows", "max-rows"],
  ["city", "city"],
  ["HTTPServer", "httpserver"],
  ["größe", "größe"],
])("the property %s is the flag %s", (property, flag) => {
  expect(flagName(property)).toBe(flag);
});
