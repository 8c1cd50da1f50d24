import fc from "fast-check";
import { expect, test } from "vitest";
import { lfsPointer, parseLfsPointer, pointerSizes } from "./lfs-pointer.ts";

const oid = fc
  .array(fc.constantFrom(..."0123456789abcdef"), { minLength: 64, maxLength: 64 })
  .map((all) => all.join(""));

test("what is written is read, and has a size at which it is looked for", () => {
  fc.assert(
    fc.property(fc.record({ oid, size: fc.maxSafeNat() }), (object) => {
      const text = lfsPointer(object);
      expect(parseLfsPointer(text)).toEqual(object);
      expect(text.length).toBeGreaterThanOrEqual(pointerSizes.min);
      expect(text.length).toBeLessThanOrEqual(pointerSizes.max);
    }),
  );
});

const pointer = lfsPointer({ oid: "a".repeat(64), size: 12 });

test.each([
  ["another version", pointer.replace("v1", "v2")],
  ["another hash", pointer.replace("sha256", "sha512")],
  ["an id in upper case", pointer.replace("a".repeat(64), "A".repeat(64))],
  ["no size", pointer.replace("12", "")],
  ["a size below zero", pointer.replace("12", "-1")],
  ["something before it", ` ${pointer}`],
  ["something behind it", `${pointer}x`],
])("a text with %s is no pointer", (_, text) => {
  expect(parseLfsPointer(text)).toBeUndefined();
});
