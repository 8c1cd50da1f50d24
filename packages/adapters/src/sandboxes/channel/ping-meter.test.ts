import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PingMeter } from "./ping-meter.ts";

let sent: number[] = [];
let meter: PingMeter;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout"] });
  sent = [];
  meter = new PingMeter((id) => sent.push(id));
});

afterEach(() => {
  vi.useRealTimers();
});

/** Asks, and lets the guest answer after a while. */
async function readAfter(ms: number): Promise<number> {
  const busy = meter.read();
  vi.advanceTimersByTime(ms);
  meter.answered(sent.at(-1) ?? -1);
  return await busy;
}

test("a guest that answers at once does nothing", async () => {
  expect(await readAfter(10)).toBe(0);
});

test("a guest that answers late has worked all the time, and all times are added up", async () => {
  expect(await readAfter(100)).toBe(100);
  expect(await readAfter(5)).toBe(100);
  expect(await readAfter(50)).toBe(150);
});

test("each question has a number of its own", async () => {
  await readAfter(1);
  await readAfter(1);
  expect(new Set(sent).size).toBe(2);
});

test("answers to what was not asked mean nothing", async () => {
  meter.answered(1);
  const busy = meter.read();
  vi.advanceTimersByTime(100);
  for (const id of [0, 2, 99, 2 ** 53 - 1]) meter.answered(id);
  vi.advanceTimersByTime(100);
  meter.answered(1);
  expect(await busy).toBe(200);
});

test("an answer counts once", async () => {
  expect(await readAfter(100)).toBe(100);
  meter.answered(1);
  expect(await readAfter(0)).toBe(100);
});
