import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PingMeter } from "./ping-meter.ts";

let asked: number[] = [];
let meter: PingMeter;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout"] });
  asked = [];
  meter = new PingMeter((id) => void asked.push(id));
});

afterEach(() => {
  vi.useRealTimers();
});

/** Asks once, long after the last time; the guest answers after so many milliseconds. */
async function readAfter(ms: number, busyMs?: number): Promise<number> {
  vi.advanceTimersByTime(1000);
  const busy = meter.read();
  vi.advanceTimersByTime(ms);
  meter.answered({ id: asked.at(-1) ?? -1, ...(busyMs !== undefined && { busyMs }) });
  return await busy;
}

test("the time of the way is no work", async () => {
  for (const ms of [100, 90, 120, 95]) expect(await readAfter(ms)).toBe(0);
  expect(meter.fastestMs).toBe(90);
});

test("a guest that answers late has worked meanwhile, and all times are added up", async () => {
  expect(await readAfter(5)).toBe(0);
  expect(await readAfter(30)).toBe(25);
  expect(await readAfter(5)).toBe(25);
  expect(await readAfter(1005)).toBe(1025);
});

test("a guest that knows its processor time is believed, unless it takes some of it back", async () => {
  expect(await readAfter(5, 40)).toBe(40);
  expect(await readAfter(500, 41)).toBe(41);
  expect(await readAfter(5, 30)).toBe(41);
});

test("a guest that does nothing is not asked again at once", async () => {
  await readAfter(5);
  expect([await meter.read(), asked.length]).toEqual([0, 1]);
});

test("it is asked again when what happened since is not known", async () => {
  for (let i = 0; i < 3; i += 1) await readAfter(5);
  vi.advanceTimersByTime(200);
  void meter.read();
  expect(asked).toHaveLength(4);
});

test("a guest that is at work is asked again at once", async () => {
  await readAfter(5);
  await readAfter(300);
  void meter.read();
  expect(asked).toHaveLength(3);
});

test("a guest can be asked whether it is at rest, however shortly after the last time", async () => {
  await readAfter(5);
  const there = meter.rest();
  expect(asked).toHaveLength(2);
  meter.answered({ id: asked[1] ?? -1 });
  await there;
});

test("each question has a number of its own", async () => {
  await readAfter(1);
  await readAfter(1);
  expect(new Set(asked).size).toBe(2);
});

test("answers to what was not asked mean nothing", async () => {
  expect(meter.answered({ id: 1 })).toBe(false);
  const busy = meter.read();
  for (const id of [0, 2, 99, 2 ** 53 - 1]) expect(meter.answered({ id, busyMs: 7 })).toBe(false);
  expect(meter.answered({ id: asked[0] ?? -1 })).toBe(true);
  expect(meter.answered({ id: asked[0] ?? -1, busyMs: 7 })).toBe(false);
  expect(await busy).toBe(0);
});
