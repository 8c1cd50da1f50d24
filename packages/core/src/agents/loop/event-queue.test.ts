import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { EventQueue } from "./event-queue.ts";

/** A promise that is settled from outside. */
function pending<Value>(): { work: Promise<Value>; resolve: (value: Value) => void; reject: (error: Error) => void } {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const work = new Promise<Value>((...settle) => ([resolve, reject] = settle));
  return { work, resolve, reject };
}

async function readAll<Event, Result>(
  events: AsyncGenerator<Event, Result>,
): Promise<{ seen: Event[]; result: Result }> {
  const seen: Event[] = [];
  for (;;) {
    const next = await events.next();
    if (next.done) return { seen, result: next.value };
    seen.push(next.value);
  }
}

/** Bytes of the heap that are in use, without garbage. */
function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

describe("an event queue", () => {
  it("yields what was pushed before, and during the work, in order, and returns its result", async () => {
    const queue = new EventQueue<number>();
    queue.push(1);
    const work = (async () => {
      queue.push(2);
      await Promise.resolve();
      queue.push(3);
      queue.push(4);
      return "done";
    })();
    expect(await readAll(queue.drain(work))).toEqual({ seen: [1, 2, 3, 4], result: "done" });
  });

  it("yields what is pushed while a reader looks at the event before", async () => {
    const queue = new EventQueue<number>();
    const { work, resolve } = pending<string>();
    const seen: number[] = [];
    queue.push(0);
    for await (const event of queue.drain(work)) {
      seen.push(event);
      if (event < 3) queue.push(event + 1);
      else resolve("done");
    }
    expect(seen).toEqual([0, 1, 2, 3]);
  });

  it("yields all events of work that fails, and then throws its error", async () => {
    const queue = new EventQueue<number>();
    const { work, reject } = pending<string>();
    queue.push(1);
    const events = queue.drain(work);
    expect(await events.next()).toEqual({ done: false, value: 1 });
    queue.push(2);
    reject(new Error("broken"));
    expect(await events.next()).toEqual({ done: false, value: 2 });
    await expect(events.next()).rejects.toThrow("broken");
  });

  it("leaves no rejection unhandled when its reader has left", async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on("unhandledRejection", note);
    const queue = new EventQueue<number>();
    const { work, reject } = pending<string>();
    queue.push(1);
    for await (const _ of queue.drain(work)) break;
    reject(new Error("broken"));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });

  it("can be drained again", async () => {
    const queue = new EventQueue<number>();
    queue.push(1);
    await readAll(queue.drain(Promise.resolve()));
    queue.push(2);
    expect(await readAll(queue.drain(Promise.resolve("b")))).toEqual({ seen: [2], result: "b" });
  });

  it("takes a million events at once", async () => {
    const queue = new EventQueue<number>();
    for (let nth = 0; nth < 1_000_000; nth++) queue.push(nth);
    const { seen } = await readAll(queue.drain(Promise.resolve()));
    expect(seen).toHaveLength(1_000_000);
    expect(seen.at(-1)).toBe(999_999);
  });

  it("keeps nothing of events that have been read", async () => {
    const queue = new EventQueue<number>();
    const { work, resolve } = pending<string>();
    const events = queue.drain(work);
    const before = heapBytes();
    for (let nth = 0; nth < 50_000; nth++) {
      const next = events.next();
      queue.push(nth);
      await next;
    }
    expect(heapBytes() - before).toBeLessThan(5_000_000);
    resolve("done");
    expect(await events.next()).toEqual({ done: true, value: "done" });
  });
});
