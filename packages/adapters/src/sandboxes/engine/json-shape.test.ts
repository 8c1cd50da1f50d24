import fc from "fast-check";
import { expect, test } from "vitest";
import { isSmall, jsonShape } from "./json-shape.ts";

function depthIn(json: string): number {
  return jsonShape(json).depth;
}

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test("is the depth of the value that the text stands for", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(depthIn(JSON.stringify(value))).toBe(depthOf(value));
    }),
  );
});

test("takes a very deep text without recursion", () => {
  expect(depthIn("[".repeat(1_000_000))).toBe(1_000_000);
});

test("takes a text of nothing but escapes in linear time", () => {
  expect(depthIn(`[${JSON.stringify('\\"'.repeat(200_000))}]`)).toBe(1);
  expect(depthIn(`"${"\\".repeat(400_000)}`)).toBe(0);
});

test.each(['"["', '"\\"["', '"\\\\"', '"{}"'])("sees no brackets in the text %s", (json) => {
  expect(depthIn(json)).toBe(0);
});

test("a string ends where it ends, wherever its escapes are", () => {
  const text = fc.string({ unit: fc.constantFrom("\\", '"', "[", "a"), maxLength: 300 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(jsonShape(JSON.stringify([one, [other]])).depth).toBe(2);
      expect(isSmall(JSON.stringify({ [one]: other }), 1, 2)).toBe(true);
    }),
  );
});

test("a text is small as far as its depth and the number of its values go", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat({ max: 4 }), (value, maxDepth) => {
      const json = JSON.stringify(value);
      expect(isSmall(json, maxDepth, Infinity)).toBe(depthOf(value) <= maxDepth);
      expect(isSmall(json, Infinity, partsOf(value))).toBe(true);
      expect(isSmall(json, Infinity, partsOf(value) - 1)).toBe(false);
    }),
  );
});

/** As many as there are values; a list or an object of none counts for the one that it might hold. */
function partsOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  const parts = Object.values(value).map(partsOf);
  return 1 + (parts.length === 0 ? 1 : parts.reduce((sum, part) => sum + part, 0));
}

test.each([
  ["a wide text", ",".repeat(1_000_000)],
  ["a deep text", "[".repeat(1_000_000)],
  ["lists side by side", "[]".repeat(500_000)],
])("%s is not small", (_what, json) => {
  expect(isSmall(json, 4, 100_000)).toBe(false);
});

test.each([
  ["a long text", '"' + "x".repeat(1000) + '"', 1002],
  ["numbers", "[1,2,3]", 7 + 56 + 16],
  ["members", '{"a":{"b":1}}', 13 + 2 * 56 + 2 * 96],
  ["empty lists", "[[],[]]", 7 + 3 * 56 + 8],
  ["what only looks like parts", '"[,:{"', 6],
])("tells what %s weigh", (_what, json, weight) => {
  expect(jsonShape(json).weight).toBe(weight);
});
