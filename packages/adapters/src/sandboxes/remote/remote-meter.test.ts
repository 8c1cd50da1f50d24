import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RemoteMeter } from "./remote-meter.ts";

describe("the meter of a far guest", () => {
  let asked: number[];
  let meter: RemoteMeter;
  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    meter = new RemoteMeter((id) => void asked.push(id));
  });
  afterEach(() => void vi.useRealTimers());

  /** Asks once, long after the last time; the guest answers after so many milliseconds. */
  async function ask(afterMs: number, busyMs?: number): Promise<number> {
    vi.advanceTimersByTime(1000);
    const busy = meter.read();
    vi.advanceTimersByTime(afterMs);
    meter.answered({ id: asked.at(-1) ?? 0, ...(busyMs !== undefined && { busyMs }) });
    return await busy;
  }

  it("takes the time of the way for no work", async () => {
    for (const ms of [100, 90, 120, 95]) expect(await ask(ms)).toBe(0);
  });

  it("counts by how much an answer was late", async () => {
    expect(await ask(5)).toBe(0);
    expect(await ask(30)).toBe(25);
    expect(await ask(5)).toBe(25);
    expect(await ask(1005)).toBe(1025);
  });

  it("believes a guest that knows its processor time", async () => {
    expect(await ask(5, 40)).toBe(40);
    expect(await ask(500, 41)).toBe(41);
    expect(await ask(5, 30)).toBe(41);
  });

  it("does not ask a guest that does nothing again at once", async () => {
    await ask(5);
    expect([await meter.read(), asked.length]).toEqual([0, 1]);
  });

  it("asks again when what happened since is not known", async () => {
    await ask(5);
    await ask(5);
    await ask(5);
    vi.advanceTimersByTime(200);
    void meter.read();
    expect(asked).toHaveLength(4);
  });

  it("asks a guest that is at work again at once", async () => {
    await ask(5);
    await ask(300);
    void meter.read();
    expect(asked).toHaveLength(3);
  });

  it("takes no notice of answers to what it did not ask", async () => {
    const busy = meter.read();
    meter.answered({ id: 99, busyMs: 7 });
    meter.answered({ id: asked[0] ?? 0 });
    meter.answered({ id: asked[0] ?? 0, busyMs: 7 });
    expect(await busy).toBe(0);
  });
});
