import { describe, expect, it } from "vitest";
import { mapLimited } from "./map-limited.ts";

describe("mapLimited", () => {
  it("gives the results in order, however long each takes", async () => {
    const later = (item: number) => new Promise<number>((resolve) => setTimeout(() => resolve(item * 2), 5 - item));
    expect(await mapLimited([1, 2, 3, 4], 3, later)).toEqual([2, 4, 6, 8]);
  });

  it("works on no more than the limit at a time", async () => {
    let now = 0;
    let most = 0;
    await mapLimited([...Array(20).keys()], 4, async () => {
      most = Math.max(most, ++now);
      await Promise.resolve();
      now--;
    });
    expect(most).toBe(4);
  });

  it("begins nothing more after a failure", async () => {
    const begun: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      await Promise.resolve();
      if (item === 0) throw new Error("no");
    };
    await expect(mapLimited([0, 1, 2, 3, 4], 2, work)).rejects.toThrow("no");
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun.length).toBeLessThan(5);
  });

  it("does nothing with nothing", async () => {
    expect(await mapLimited([], 4, () => Promise.reject(new Error("no")))).toEqual([]);
  });
});
