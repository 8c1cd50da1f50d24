import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inParallel } from "./in-parallel.ts";

/** Work whose pieces are let go one by one, in any order. */
class Pieces {
  readonly begun: number[] = [];
  readonly #ends = new Map<number, () => void>();

  work = (item: number): Promise<void> => {
    this.begun.push(item);
    return new Promise((resolve) => this.#ends.set(item, resolve));
  };

  get running(): number[] {
    return [...this.#ends.keys()];
  }

  end(item: number): void {
    this.#ends.get(item)?.();
    this.#ends.delete(item);
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("work in parallel", () => {
  it("never has more pieces in progress than allowed, begins them in order, and ends with the last", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.nat()),
        async (count, limit, choices) => {
          const items = Array.from({ length: count }, (_, index) => index);
          const pieces = new Pieces();
          const done = inParallel(items, limit, pieces.work);
          for (;;) {
            await turn();
            const { running } = pieces;
            expect(running.length).toBeLessThanOrEqual(limit);
            const { value = 0 } = choices.next();
            const next = running[value % Math.max(running.length, 1)];
            if (next === undefined) break;
            pieces.end(next);
          }
          await done;
          expect(pieces.begun).toEqual(items);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("hands on the place of each item", async () => {
    const seen: string[] = [];
    await inParallel(["a", "b"], 1, async (item, index) => void seen.push(`${item}${index}`));
    expect(seen).toEqual(["a0", "b1"]);
  });
});
