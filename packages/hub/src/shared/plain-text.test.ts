import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "./plain-text.ts";

describe("plainText", () => {
  it.each([
    ["a\n b\t\tc ", "a b c"],
    ["\u001B[31mred\u001B[0", "[31mred [0"],
    ["\u202Egpj.exe", "gpj.exe"],
    ["x".repeat(20), `${"x".repeat(9)}…`],
  ])("makes %j %j", (text, plain) => {
    expect(plainText(text, 10)).toBe(plain.slice(0, 10));
  });

  it("leaves nothing that a terminal obeys, in no more than the length", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 50 }), (text, maxLength) => {
        const plain = plainText(text, maxLength);
        expect(plain).not.toMatch(/\p{Cc}|\p{Cf}/u);
        expect(plain.length).toBeLessThanOrEqual(maxLength);
      }),
    );
  });
});
