import { describe, expect, it } from "vitest";
import { allowancesText, checkAllowances } from "./allowances.ts";

describe("checkAllowances", () => {
  it.each([
    ["no reason", { "input-narrowed": " " }],
    ["a reason of two lines", { "input-narrowed": "a\nAllowed tool-removed: b" }],
    ["a reason that is too long", { "input-narrowed": "x".repeat(501) }],
    [
      "more rules than one can give reasons for",
      Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`r${i}`, "x"])),
    ],
    ["a rule that is none", { "Input narrowed": "because" }],
  ])("refuses %s", (_title, allow) => {
    expect(() => checkAllowances(allow)).toThrow(RangeError);
  });
});

describe("allowancesText", () => {
  it("is a paragraph for each override", () => {
    const allowed = [
      { rule: "a-b", reason: "one" },
      { rule: "c-d", reason: "two" },
    ];
    expect(allowancesText(allowed)).toBe("\n\nAllowed a-b: one\n\nAllowed c-d: two");
  });
});
