import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { BusyMs } from "../engine/work-span.ts";
import { RunMeter } from "./run-meter.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** A meter of 1000 ms, and what it says. */
function start(busyMs: BusyMs = () => 0, timeoutMs = 1000): { meter: RunMeter; late: () => number } {
  let late = 0;
  const meter = new RunMeter(timeoutMs, busyMs, () => {
    late += 1;
  });
  return { meter, late: () => late };
}

/** Lets time go by in small steps, with all that happens meanwhile. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

/** A guest that works for the given part of the time. */
function working(part: number): BusyMs {
  return () => performance.now() * part;
}

test("a run is late when its time is over, and that is told once", async () => {
  const { late } = start();
  await pass(999);
  expect(late()).toBe(0);
  await pass(2);
  expect(late()).toBe(1);
  await pass(10_000);
  expect(late()).toBe(1);
});

test("a run that is over is never late", async () => {
  const { meter, late } = start();
  meter[Symbol.dispose]();
  meter[Symbol.dispose]();
  meter.setUntimed(true);
  meter.setUntimed(false);
  await pass(10_000);
  expect(late()).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test("a run without any time is late at once, but not before it began", async () => {
  const { late } = start(undefined, -5);
  expect(late()).toBe(0);
  await pass(1);
  expect(late()).toBe(1);
});

test("a time beyond the longest timer is kept", async () => {
  const { late } = start(undefined, 2 ** 32);
  await pass(2 ** 32 - 10);
  expect(late()).toBe(0);
  await pass(20);
  expect(late()).toBe(1);
});

test("untimed work of a guest that waits does not count", async () => {
  const { meter, late } = start();
  await pass(500);
  meter.setUntimed(true);
  await pass(100_000);
  meter.setUntimed(false);
  await pass(499);
  expect(late()).toBe(0);
  await pass(2);
  expect(late()).toBe(1);
});

test("what the guest works during untimed work counts", async () => {
  const { meter, late } = start(working(0.5));
  meter.setUntimed(true);
  await pass(1900);
  expect(late()).toBe(0);
  await pass(250);
  expect(late()).toBe(1);
});

test("what the guest worked during untimed work counts afterwards", async () => {
  const { meter, late } = start(working(0.5));
  meter.setUntimed(true);
  await pass(1000);
  meter.setUntimed(false);
  await pass(350);
  expect(late()).toBe(0);
  await pass(250);
  expect(late()).toBe(1);
});

test.each<[what: string, busyMs: BusyMs]>([
  ["does not say how much it works", () => new Promise(() => {})],
  ["cannot be asked", () => Promise.reject(new Error("gone"))],
])("a guest that %s, works", async (_what, busyMs) => {
  const { meter, late } = start(busyMs);
  meter.setUntimed(true);
  await pass(1200);
  expect(late()).toBe(1);
});

test("a guest cannot gain time by saying that it has worked less than before", async () => {
  let said = 1000;
  const { meter, late } = start(() => {
    said -= 100;
    return said;
  });
  await pass(900);
  meter.setUntimed(true);
  await pass(500);
  meter.setUntimed(false);
  await pass(110);
  expect(late()).toBe(1);
});

test("beginning and ending untimed work again and again does not hold the clock", async () => {
  const { meter, late } = start(working(1));
  for (let i = 0; i < 250; i += 1) {
    meter.setUntimed(i % 2 === 0);
    meter.setUntimed(i % 2 === 0);
    await pass(10);
  }
  expect(late()).toBe(1);
});
