import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonDepth } from "./json-depth.ts";

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test("is the depth of the value that the text stands for", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(jsonDepth(JSON.stringify(value))).toBe(depthOf(value));
    }),
  );
});

test("takes a very deep text without recursion", () => {
  expect(jsonDepth("[".repeat(1_000_000))).toBe(1_000_000);
});

test("takes a text of nothing but escapes in linear time", () => {
  expect(jsonDepth(`[${JSON.stringify('\\"'.repeat(200_000))}]`)).toBe(1);
  expect(jsonDepth(`"${"\\".repeat(400_000)}`)).toBe(0);
});

test.each(['"["', '"\\"["', '"\\\\"', '"{}"'])("sees no brackets in the text %s", (json) => {
  expect(jsonDepth(json)).toBe(0);
});
