import fc from "fast-check";
import { expect, test } from "vitest";
import { isMultiple } from "./is-multiple.ts";

test.each([
  [6, 3, true],
  [7, 3, false],
  [-6, 3, true],
  [0, 0.7, true],
  [0.3, 0.1, true],
  [4.02, 0.01, true],
  [0.35, 0.1, false],
  [2.00000001, 2, false],
  [1, 0.3333333333333333, false],
  [9_007_199_254_740_994, 2, true],
  [12_391_239_123, 1e-8, true],
  [1e308, 0.5, true],
  [1e308, 0.123456789, false],
  [5e-324, 5e-324, true],
  [1.5e-7, 1e-8, true],
  [Infinity, 1, false],
])("%d is a multiple of %d: %s", (value, step, expected) => {
  expect(isMultiple(value, step)).toBe(expected);
});

test("what is made by multiplying is a multiple, and with half a step more is none", () => {
  const step = fc.record({ digits: fc.integer({ min: 1, max: 9_999 }), places: fc.integer({ min: 0, max: 6 }) });
  fc.assert(
    fc.property(step, fc.integer({ min: -100_000, max: 100_000 }), ({ digits, places }, times) => {
      const number = (units: number) => Number(`${units}e-${places + 1}`);
      expect(isMultiple(number(digits * 10 * times), number(digits * 10))).toBe(true);
      expect(isMultiple(number(digits * 10 * times + digits * 5), number(digits * 10))).toBe(false);
    }),
  );
});
