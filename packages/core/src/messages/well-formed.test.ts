import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wellFormed, wellFormedJson } from "./well-formed.ts";

describe("a well-formed text", () => {
  it("is what String.prototype.toWellFormed gives", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "\ud83d", "\ude00", "😀", "\ufffd") }), (text) => {
        expect(wellFormed(text)).toBe(text.toWellFormed());
      }),
    );
  });
});

describe("well-formed JSON", () => {
  it.each([
    ["a half that is written out", '{"a":"\ud83d"}', '{"a":"\ufffd"}'],
    ["a half that is escaped", '{"a":"\\ud83d"}', '{"a":"\ufffd"}'],
    ["a pair that is escaped", '{"a":"\\ud83d\\ude00"}', '{"a":"😀"}'],
    ["nothing to mend", '{ "a": 1e3 }', '{ "a": 1e3 }'],
  ])("of %s", (_title, given, expected) => {
    expect(wellFormedJson(given)).toBe(expected);
  });
});
