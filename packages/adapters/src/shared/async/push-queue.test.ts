import { describe, expect, it } from "vitest";
import { PushQueue } from "./push-queue.ts";

const never = new AbortController().signal;

async function collect(queue: PushQueue<number>, into: number[], signal = never): Promise<number[]> {
  for await (const item of queue.read(signal)) into.push(item);
  return into;
}

describe("PushQueue", () => {
  it("gives what was pushed before and after the reader came, in order", async () => {
    const queue = new PushQueue<number>();
    queue.push(1);
    const read = collect(queue, []);
    await Promise.resolve();
    queue.push(2);
    queue.push(3);
    queue.end();
    expect(await read).toEqual([1, 2, 3]);
  });

  it("ends for a reader that comes after the end", async () => {
    const queue = new PushQueue<number>();
    queue.end();
    expect(await collect(queue, [])).toEqual([]);
  });

  it("throws the error after the items before it", async () => {
    const queue = new PushQueue<number>();
    const seen: number[] = [];
    queue.push(1);
    queue.fail(new Error("broken"));
    await expect(collect(queue, seen)).rejects.toThrow("broken");
    expect(seen).toEqual([1]);
  });

  it("ends at once when it is aborted, though the source goes on", async () => {
    const queue = new PushQueue<number>();
    const controller = new AbortController();
    const seen: number[] = [];
    const read = collect(queue, seen, controller.signal);
    queue.push(1);
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error("enough"));
    queue.push(2);
    await expect(read).rejects.toThrow("enough");
    expect(seen).toEqual([1]);
  });
});
