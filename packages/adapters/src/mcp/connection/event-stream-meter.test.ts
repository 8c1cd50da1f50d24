import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventStreamMeter } from "./event-stream-meter.ts";

/** Counts a text that comes in pieces. */
function count(text: string, maxBytes: number, cuts: readonly number[] = []): { fits: boolean; hasIds: boolean } {
  const meter = new EventStreamMeter(maxBytes);
  const bytes = Buffer.from(text);
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  let fits = true;
  let from = 0;
  for (const end of [...ends, bytes.length]) {
    fits &&= meter.count(bytes.subarray(from, end));
    from = end;
  }
  return { fits, hasIds: meter.hasIds };
}

describe("a stream of events", () => {
  it.each([
    ["with small events", "data: 12345\n\ndata: 12345\n\n", true, false],
    ["with line ends of Windows", "data: 12345\r\n\r\ndata: 12345\r\n\r\n", true, false],
    ["with a large event", "data: 1234567890123456\n\n", false, false],
    ["with an event of many lines", "data: 1\ndata: 2\ndata: 3\n\n", false, false],
    ["with ids", "id: 1\ndata:\n\n", true, true],
    ["with what only looks like an id", "data: id:\n\nxid: 1\n\n", true, false],
    ["without an end", "data: 12345678901234", false, false],
  ])("%s is measured, however it is cut", (_what, text, fits, hasIds) => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (cuts) => {
        expect(count(text, 16, cuts)).toMatchObject({ fits, ...(fits && { hasIds }) });
      }),
    );
  });
});
