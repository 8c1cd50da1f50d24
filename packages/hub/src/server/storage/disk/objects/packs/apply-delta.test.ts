import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { applyDelta } from "./apply-delta.ts";

const base = Buffer.from("0123456789");

test("parts of the base and new bytes are put together", () => {
  const delta = Buffer.from([10, 9, 0x91, 2, 3, 2, 0x61, 0x62, 0x90, 4]);
  expect(applyDelta(base, delta, 100).toString()).toBe("234ab0123");
});

test("a size of zero stands for 64 KiB", () => {
  const large = Buffer.alloc(0x1_0000, 7);
  const delta = Buffer.from([0x80, 0x80, 4, 0x80, 0x80, 4, 0x80]);
  expect(applyDelta(large, delta, large.length).equals(large)).toBe(true);
});

test.each([
  ["is for a base of another size", [11, 1, 1, 0x61]],
  ["copies what the base does not have", [10, 3, 0x91, 8, 3]],
  ["gives more than it says", [10, 1, 2, 0x61, 0x62]],
  ["gives less than it says", [10, 2, 1, 0x61]],
  ["has the instruction that means nothing", [10, 1, 0]],
  ["breaks off in the middle", [10, 5, 0x91]],
  ["is empty", []],
])("a delta that %s is refused", (_title, bytes) => {
  expect(() => applyDelta(base, Buffer.from(bytes), 100)).toThrowError(RangeError);
});

test("an object that is larger than allowed is refused", () => {
  const delta = Buffer.from([10, 10, 0x90, 10]);
  expect(applyDelta(base, delta, 10).equals(base)).toBe(true);
  expect(() => applyDelta(base, delta, 9)).toThrowError("more than 9 bytes");
});

test("no memory is taken for what a damaged delta only says", () => {
  using alloc = vi.spyOn(Buffer, "alloc");
  const gigabyte = [0x80, 0x80, 0x80, 0x80, 4];
  expect(() => applyDelta(base, Buffer.from([10, ...gigabyte, 0x90, 10]), 2 ** 31)).toThrowError(RangeError);
  expect(alloc).not.toHaveBeenCalled();
});

test("whatever stands in a delta, the result has the size that it says, or there is none", () => {
  const sizeOf = (delta: Buffer) => {
    try {
      return applyDelta(base, delta, 100).length;
    } catch (error) {
      return error instanceof RangeError ? "refused" : error;
    }
  };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), fc.uint8Array({ maxLength: 40 }), (size, rest) => {
      expect([size, "refused"]).toContain(sizeOf(Buffer.from([10, size, ...rest])));
    }),
  );
});
