import fc from "fast-check";
import { expect, test } from "vitest";
import { parseByteRange } from "./byte-range.ts";

test.each([
  [undefined, undefined],
  ["bytes=0-0", { start: 0, end: 0 }],
  ["bytes=0-9", { start: 0, end: 9 }],
  ["bytes=5-", { start: 5, end: 9 }],
  ["bytes=5-100", { start: 5, end: 9 }],
  ["bytes=-3", { start: 7, end: 9 }],
  ["bytes=-100", { start: 0, end: 9 }],
  ["bytes= 2-3 ", { start: 2, end: 3 }],
  ["Bytes=2-3", { start: 2, end: 3 }],
  ["bytes=10-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=5-4", undefined],
  ["bytes=-", undefined],
  ["bytes=0-1,3-4", undefined],
  ["items=0-1", undefined],
  ["bytes=a-b", undefined],
  ["bytes=1e1-", undefined],
  ["bytes=99999999999999999999-", "unsatisfiable"],
] as const)("of 10 bytes %j means %j", (header, range) => {
  expect(parseByteRange(header, 10)).toEqual(range);
});

test("of an empty file every range is unsatisfiable", () => {
  expect(parseByteRange("bytes=0-0", 0)).toBe("unsatisfiable");
  expect(parseByteRange("bytes=-1", 0)).toBe("unsatisfiable");
});

test("a range is what slicing the file gives", () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(60), fc.nat(60), (size, start, length) => {
      const file = Array.from({ length: size }, (_, index) => index);
      const range = parseByteRange(`bytes=${start}-${start + length}`, size);
      const expected = file.slice(start, start + length + 1);
      expect(range).toEqual(expected.length === 0 ? "unsatisfiable" : { start: expected[0], end: expected.at(-1) });
    }),
  );
});

test("whatever the header, a range lies in the file", () => {
  const header = fc.string({ unit: fc.constantFrom("bytes=", "-", ",", "0", "7", "99", " ", "x"), maxLength: 6 });
  fc.assert(
    fc.property(header, fc.nat(100), (text, size) => {
      const range = parseByteRange(text, size);
      if (range === undefined || range === "unsatisfiable") return;
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeGreaterThanOrEqual(range.start);
      expect(range.end).toBeLessThan(size);
    }),
  );
});
