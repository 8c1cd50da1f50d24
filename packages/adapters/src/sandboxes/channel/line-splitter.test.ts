import { Buffer } from "node:buffer";
import process from "node:process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LineSplitter } from "./line-splitter.ts";

/** The bytes in pieces that end at the given places. */
function piecesOf(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...ends].map((from, index) => bytes.subarray(from, ends[index] ?? bytes.length));
}

const lines = fc.array(fc.string({ unit: "grapheme-composite" }).filter((line) => !line.includes("\n")));
const places = fc.array(fc.nat());

test("lines come out whole, however the bytes come in", () => {
  fc.assert(
    fc.property(lines, places, (sent, cuts) => {
      const received: string[] = [];
      const splitter = new LineSplitter(10_000, (line) => received.push(line));
      const pieces = piecesOf(Buffer.from(sent.map((line) => `${line}\n`).join("")), cuts);
      expect(pieces.every((piece) => splitter.push(piece))).toBe(true);
      expect(received).toEqual(sent);
    }),
  );
});

test("any bytes are cut at their line feeds and nowhere else", () => {
  fc.assert(
    fc.property(fc.uint8Array(), places, (bytes, cuts) => {
      const received: string[] = [];
      const splitter = new LineSplitter(10_000, (line) => received.push(line));
      for (const piece of piecesOf(Buffer.from(bytes), cuts)) splitter.push(piece);
      expect(received).toEqual(Buffer.from(bytes).toString("utf8").split("\n").slice(0, -1));
    }),
  );
});

test("no line is longer than the limit, and one that would be is told", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 })), places, fc.integer({ min: 1, max: 15 }), (lengths, cuts, maxBytes) => {
      const received: number[] = [];
      const splitter = new LineSplitter(maxBytes, (line) => received.push(line.length));
      const bytes = Buffer.from(lengths.map((length) => `${"x".repeat(length)}\n`).join(""));
      const taken = piecesOf(bytes, cuts).every((piece) => splitter.push(piece));
      expect(taken).toBe(lengths.every((length) => length <= maxBytes));
      const first = lengths.findIndex((length) => length > maxBytes);
      expect(received).toEqual(first < 0 ? lengths : lengths.slice(0, first));
    }),
  );
});

test("a line that never ends is told as soon as it is too long", () => {
  const splitter = new LineSplitter(100, () => expect.unreachable("there is no line"));
  const taken = Array.from({ length: 11 }, () => splitter.push(Buffer.alloc(10, "x")));
  expect(taken).toEqual([...Array.from({ length: 10 }, () => true), false]);
});

test("a line that comes byte by byte takes no more memory than a few times its bytes", () => {
  const splitter = new LineSplitter(1_000_000, () => expect.unreachable("there is no line"));
  const kept = (): number => process.memoryUsage().heapUsed + process.memoryUsage().external;
  const before = kept();
  // A buffer of its own for each byte, as a stream gives them.
  for (let count = 0; count < 300_000; count += 1) splitter.push(Buffer.from(new ArrayBuffer(1)));
  expect(kept() - before).toBeLessThan(64_000_000);
});
