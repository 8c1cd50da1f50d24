import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerpt, start } from "./excerpt.ts";

const limits = { maxCharacters: 10, maxLines: 4 };

describe("excerpt", () => {
  it("leaves a short text as it is", () => {
    expect(excerpt("0123456789", limits)).toBe("0123456789");
  });

  it("leaves out the middle of a long text and says how much", () => {
    expect(excerpt("0123456789abcdef", limits)).toBe("01234\n… 6 characters not shown …\nbcdef");
  });

  it("leaves out the middle of many lines and says how many", () => {
    expect(excerpt("1\n2\n3\n4\n5", limits)).toBe("1\n2\n… 1 lines not shown …\n4\n5");
  });

  it("splits no character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 5, maxLength: 60 }), (text) => {
        fc.pre(text.isWellFormed());
        expect(excerpt(text, limits).isWellFormed()).toBe(true);
        expect(start(text, 5).isWellFormed()).toBe(true);
        expect(start(text, 5).length).toBeLessThanOrEqual(5);
      }),
    );
  });
});
