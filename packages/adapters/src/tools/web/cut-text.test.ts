import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutText } from "./cut-text.ts";

describe("cutText", () => {
  it("gives a short text as it is", () => {
    expect(cutText("abc", 0, 3)).toBe("abc");
  });

  it("says what was cut, and how to read on", () => {
    expect(cutText("abcdef", 1, 3)).toBe("bcd\n\n[Cut: characters 1 to 4 of 6. Call again with start 4 to read on.]");
  });

  it("says that there is nothing behind the end", () => {
    expect(cutText("abc", 3, 3)).toBe("[The text has 3 characters; nothing is at 3.]");
  });

  it("shows all of a text to those who read on, and splits no character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), fc.integer({ min: 2, max: 10 }), (text, length) => {
        let read = "";
        for (let start: number | undefined = 0; start !== undefined;) {
          const part = cutText(text, start, length);
          const next = /\n\n\[Cut: .* start (\d+) to read on\.\]$/.exec(part);
          read += next ? part.slice(0, next.index) : part;
          expect(part.isWellFormed?.() ?? true).toBe(text.isWellFormed?.() ?? true);
          start = next?.[1] === undefined ? undefined : Number(next[1]);
        }
        expect(read).toBe(text);
      }),
    );
  });
});
