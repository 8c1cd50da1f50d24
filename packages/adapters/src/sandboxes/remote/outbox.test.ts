import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Outbox } from "./outbox.ts";

/** A place that takes portions when it is told to. */
function slowPlace(): { write: (bytes: Buffer) => Promise<void>; portions: Buffer[]; next: () => Promise<void> } {
  const portions: Buffer[] = [];
  const waiting: (() => void)[] = [];
  return {
    portions,
    write: (bytes) => {
      portions.push(bytes);
      return new Promise((resolve) => {
        waiting.push(resolve);
      });
    },
    next: async () => {
      waiting.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const never = (): never => {
  throw new Error("unexpected");
};

describe("the outbox", () => {
  it("sends what comes in one turn together, and what comes meanwhile afterwards", async () => {
    const place = slowPlace();
    const outbox = new Outbox(place.write, never);
    outbox.push(Buffer.from("a"));
    outbox.push(Buffer.from("b"));
    await place.next();
    outbox.push(Buffer.from("c"));
    outbox.push(Buffer.from("d"));
    expect([place.portions.map(String), outbox.bytes]).toEqual([["ab"], 4]);
    await place.next();
    await place.next();
    expect([place.portions.map(String), outbox.bytes]).toEqual([["ab", "cd"], 0]);
  });

  it("sends all bytes in order, in portions of at most a megabyte", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 1_500_000 }), { maxLength: 4 }), async (sizes) => {
        const portions: Buffer[] = [];
        const outbox = new Outbox(async (bytes) => void portions.push(Buffer.from(bytes)), never);
        const all = sizes.map((size, index) => Buffer.alloc(size, index + 1));
        for (const bytes of all) outbox.push(bytes);
        await expect.poll(() => outbox.bytes).toBe(0);
        expect(Buffer.concat(portions).equals(Buffer.concat(all))).toBe(true);
        expect(Math.max(0, ...portions.map(({ length }) => length))).toBeLessThanOrEqual(1024 * 1024);
      }),
      { numRuns: 20 },
    );
  });

  it("tells once that a portion could not be sent, and sends no more", async () => {
    const failures: unknown[] = [];
    const outbox = new Outbox(
      () => Promise.reject(new Error("no")),
      (error) => void failures.push(error),
    );
    outbox.push(Buffer.from("a"));
    await expect.poll(() => failures.length).toBe(1);
    outbox.push(Buffer.from("b"));
    expect([outbox.bytes, failures.map(String)]).toEqual([0, ["Error: no"]]);
  });

  it("says nothing of a portion that fails after it was closed", async () => {
    const place = slowPlace();
    const outbox = new Outbox(async (bytes) => {
      await place.write(bytes);
      throw new Error("late");
    }, never);
    outbox.push(Buffer.from("a"));
    await place.next();
    outbox.close();
    await place.next();
    expect(outbox.bytes).toBe(0);
  });
});
