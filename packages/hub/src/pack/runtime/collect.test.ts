import { describe, expect, it } from "vitest";
import { collect } from "./collect.ts";

const same = (item: unknown): unknown => item;

/** A stream of these items, and what became of it. */
function watched(items: Iterable<unknown>) {
  const state = { ended: false, taken: 0 };
  const stream = (async function* () {
    try {
      for (const item of items) {
        state.taken++;
        yield item;
      }
    } finally {
      state.ended = true;
    }
  })();
  return { state, stream };
}

function ofTheWeb(...items: unknown[]): ReadableStream<unknown> {
  return new ReadableStream({
    start(controller) {
      for (const item of items) controller.enqueue(item);
      controller.close();
    },
  });
}

function* endless(): Generator<string> {
  for (;;) yield "item";
}

describe("collect", () => {
  it.each<[string, unknown]>([
    ["a generator", watched([1, 2]).stream],
    ["a stream of the web", ofTheWeb(1, 2)],
    ["a list", [1, 2]],
  ])("gathers the items of %s", async (_what, stream) => {
    expect(await collect(stream, same)).toEqual([1, 2]);
  });

  it("encodes each item, and takes nothing for null", async () => {
    expect(await collect(watched([1, undefined]).stream, (item) => item && `${String(item)}!`)).toEqual(["1!", null]);
  });

  it("refuses what is no stream", async () => {
    await expect(collect(7, same)).rejects.toThrow("it was to return a stream");
    await expect(collect(null, same)).rejects.toThrow("it was to return a stream");
  });

  it("gathers a list of exactly the largest size, and ends a stream that goes on", async () => {
    const list = ["aé", "€", "😀"];
    const maxResultBytes = Buffer.byteLength(JSON.stringify(list)) + 1;
    expect(await collect(watched(list).stream, same, { maxResultBytes })).toEqual(list);
    const { stream, state } = watched([...list, 1, 2]);
    await expect(collect(stream, same, { maxResultBytes })).rejects.toThrow(RangeError);
    expect(state).toEqual({ ended: true, taken: 4 });
  });

  it("ends an endless stream when its signal is aborted, before or meanwhile", async () => {
    const controller = new AbortController();
    const { stream, state } = watched(endless());
    const collected = collect(stream, (item) => (state.taken === 1000 && controller.abort(new Error("enough")), item), {
      signal: controller.signal,
    });
    await expect(collected).rejects.toThrow("enough");
    await expect.poll(() => state.ended, { timeout: 10_000 }).toBe(true);
    const unread = watched(endless());
    await expect(collect(unread.stream, same, { signal: controller.signal })).rejects.toThrow("enough");
    expect(unread.state.taken).toBe(0);
  });

  it("does not wait for a stream that is stuck when its signal is aborted", async () => {
    const controller = new AbortController();
    const stuck = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) };
    const collected = collect(stuck, same, { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(collected).rejects.toThrow("enough");
  });

  it("cancels a stream of the web that is too long", async () => {
    let cancelled = false;
    const stream = { getReader: () => ({ read: async () => ({ done: false, value: "x" }), cancel: async () => void (cancelled = true) }) }; // prettier-ignore
    await expect(collect(stream, same, { maxResultBytes: 10 })).rejects.toThrow(RangeError);
    expect(cancelled).toBe(true);
  });

  it("fails as its stream fails", async () => {
    const failing = (async function* () {
      yield 1;
      throw new Error("broken");
    })();
    await expect(collect(failing, same)).rejects.toThrow("broken");
  });
});
