import { expect, test } from "vitest";
import { putImage, takeImage, usedBlocks } from "./memory-image.ts";

const pageBytes = 64 * 1024;

function memoryOf(pages: number, written: Readonly<Record<number, number>>): WebAssembly.Memory {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 2 * pages });
  const bytes = new Uint8Array(memory.buffer);
  for (const [at, value] of Object.entries(written)) bytes[Number(at)] = value;
  return memory;
}

function contentOf({ buffer }: WebAssembly.Memory): Uint8Array {
  return new Uint8Array(buffer);
}

test("an image put into a fresh memory makes it equal", () => {
  const memory = memoryOf(4, { 0: 1, 20_000: 2, 262_143: 3 });
  const copy = memoryOf(4, {});
  putImage(copy, takeImage(memory, []));
  expect(contentOf(copy)).toEqual(contentOf(memory));
});

test("an image holds the blocks that were written, and no others", () => {
  const image = takeImage(memoryOf(4, { 5: 1, 70_000: 1 }), []);
  expect([[...image.blocks], image.content.length, image.byteLength]).toEqual([[0, 4], 2 * 16_384, 4 * pageBytes]);
});

test("what was written at first and is zero now is zero in the copy", () => {
  const fresh = { 40_000: 7 };
  const memory = memoryOf(2, fresh);
  const atFirst = usedBlocks(memory);
  contentOf(memory)[40_000] = 0;
  const copy = memoryOf(2, fresh);
  putImage(copy, takeImage(memory, atFirst));
  expect(contentOf(copy)).toEqual(contentOf(memory));
});

test("an image does not change with the memory that it is of", () => {
  const memory = memoryOf(1, { 0: 1 });
  const image = takeImage(memory, []);
  contentOf(memory)[0] = 2;
  expect(image.content[0]).toBe(1);
});

test("an image takes the place of an old one if it fits, and finds another if it does not", () => {
  const old = takeImage(memoryOf(4, { 0: 1, 20_000: 1 }), []);
  const smaller = takeImage(memoryOf(4, { 0: 9 }), [], old);
  const larger = takeImage(memoryOf(4, { 0: 1, 20_000: 1, 40_000: 1, 60_000: 1 }), [], old);
  expect([smaller.content.buffer === old.content.buffer, smaller.content[0], smaller.content.length]).toEqual([
    true,
    9,
    16_384,
  ]);
  expect(larger.content.buffer === old.content.buffer).toBe(false);
});
