import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { headOf, tailOf } from "./cut-text.ts";

const textAndLength = fc.tuple(fc.string({ unit: fc.constantFrom("a", "é", "😀") }), fc.nat(20));

describe("the head and the tail of a text", () => {
  it.each([
    ["a😀b", 0, "", ""],
    ["a😀b", 1, "a", "b"],
    ["a😀b", 2, "a", "b"],
    ["a😀b", 3, "a😀", "😀b"],
    ["a😀b", 4, "a😀b", "a😀b"],
    ["a😀b", 9, "a😀b", "a😀b"],
  ])("of %j with at most %d characters are %j and %j", (text, length, head, tail) => {
    expect(headOf(text, length)).toBe(head);
    expect(tailOf(text, length)).toBe(tail);
  });

  it("split no character, and lack at most one half of one", () => {
    fc.assert(
      fc.property(textAndLength, ([text, length]) => {
        for (const part of [headOf(text, length), tailOf(text, length)]) {
          expect(part.isWellFormed()).toBe(true);
          expect(part.length).toBeLessThanOrEqual(length);
          expect(part.length).toBeGreaterThanOrEqual(Math.min(length, text.length) - 1);
        }
      }),
    );
  });
});
