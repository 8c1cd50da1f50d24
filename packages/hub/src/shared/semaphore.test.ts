import { describe, expect, it } from "vitest";
import { Semaphore } from "./semaphore.ts";

describe("Semaphore", () => {
  it("never lets more work run than it has slots, and runs all of it in order", async () => {
    const semaphore = new Semaphore(2);
    let running = 0;
    let most = 0;
    const started: number[] = [];
    const work = [1, 2, 3, 4, 5].map((n) =>
      semaphore.run(async () => {
        started.push(n);
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
      }),
    );
    await Promise.all(work);
    expect(most).toBe(2);
    expect(started).toEqual([1, 2, 3, 4, 5]);
  });

  it("frees the slot of work that fails", async () => {
    const semaphore = new Semaphore(1);
    await expect(semaphore.run(() => Promise.reject(new Error("bad")))).rejects.toThrow("bad");
    expect(await semaphore.run(() => Promise.resolve(1))).toBe(1);
  });

  it("lets a waiting caller give up, and the next one in", async () => {
    const semaphore = new Semaphore(1);
    const gate = Promise.withResolvers<void>();
    const first = semaphore.run(() => gate.promise);
    const abort = new AbortController();
    const second = semaphore.run(() => Promise.resolve("second"), abort.signal);
    const third = semaphore.run(() => Promise.resolve("third"));
    abort.abort(new Error("gave up"));
    await expect(second).rejects.toThrow("gave up");
    gate.resolve();
    await first;
    expect(await third).toBe("third");
  });
});
