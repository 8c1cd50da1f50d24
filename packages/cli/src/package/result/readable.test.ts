import { describe, expect, it } from "vitest";
import { readable } from "./readable.ts";

describe("readable", () => {
  it.each<[string, unknown, object]>([
    ["nothing", undefined, { lines: [] }],
    ["null", null, { lines: [] }],
    ["a text", "a\nb", { lines: ["a\nb"] }],
    ["a number", 1.5, { lines: ["1.5"] }],
    ["a list of values", [1, "a", null], { lines: ["1", "a", ""] }],
    ["an empty list", [], { lines: ["[]"] }],
    ["a record", { a: 1, long: "x" }, { lines: ["a     1", "long  x"] }],
    ["an empty record", {}, { lines: ["{}"] }],
    ["a list of records", [{ a: 1 }, { b: "x" }], { head: ["a", "b"], rows: [["1", ""], ["", "x"]] }], // prettier-ignore
    ["a nested value", { a: { b: 1 } }, { lines: ['{\n  "a": {\n    "b": 1\n  }\n}'] }],
    ["records and others", [{ a: 1 }, 2], { lines: ['[\n  {\n    "a": 1\n  },\n  2\n]'] }],
  ])("reads %s", (_title, value, shown) => {
    expect(readable(value)).toEqual(shown);
  });

  it("takes records with very many keys for JSON", () => {
    const wide = Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`k${index}`, index]));
    expect(readable([wide])).toHaveProperty("lines");
  });

  it("lets no key and no value break a table", () => {
    expect(readable([{ "a\n": "b\u001b[2J" }])).toEqual({ head: [String.raw`a\n`], rows: [[String.raw`b\x1b[2J`]] });
  });
});
