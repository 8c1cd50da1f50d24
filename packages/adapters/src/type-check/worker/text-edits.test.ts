import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits, placeBefore, type TextEdit } from "./text-edits.ts";

/** A text with edits that do not overlap. */
const edited = fc
  .tuple(
    fc.string({ maxLength: 30 }),
    fc.array(fc.tuple(fc.nat(5), fc.nat(3), fc.string({ maxLength: 4 })), { maxLength: 5 }),
  )
  .map(([text, gaps]) => {
    const edits: TextEdit[] = [];
    let at = 0;
    for (const [gap, length, insert] of gaps) {
      // An edit behind another one at the same place would not have one order.
      const start = at + gap + 1;
      if (start + length > text.length) break;
      edits.push({ start, end: start + length, text: insert });
      at = start + length;
    }
    return { text, edits };
  });

describe("edits of a text", () => {
  test("replace, insert and delete, in whatever order they are given", () => {
    const edits = [
      { start: 6, end: 7, text: "" },
      { start: 0, end: 1, text: "A" },
      { start: 3, end: 3, text: "--" },
    ];
    expect(applyEdits("abcdefgh", edits)).toBe("Abc--defh");
  });

  test("keep what they do not touch, and know where it was", () => {
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        const result = applyEdits(text, edits);
        for (let place = 0; place < text.length; place += 1) {
          if (edits.some(({ start, end }) => place >= start && place < end)) continue;
          const inFront = edits.filter(({ start }) => start <= place);
          const now = inFront.reduce((at, { start, end, text }) => at + text.length - (end - start), place);
          expect([result[now], placeBefore(now, edits)]).toEqual([text[place], place]);
        }
      }),
    );
  });

  test("are where their beginning was", () => {
    const edits = [{ start: 2, end: 4, text: "long text" }];
    expect([2, 5, 10, 11].map((place) => placeBefore(place, edits))).toEqual([2, 2, 2, 4]);
  });
});
