import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Grace } from "./grace.ts";
import type { BusyMs } from "./work-span.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Gives grace to a guest, and notes what is told and when. */
function start(busyMs: BusyMs, latencyMs?: number): { grace: Grace; told: [what: string, atMs: number][] } {
  const told: [string, number][] = [];
  const startedAt = performance.now();
  const note = (what: string): void => void told.push([what, Math.round(performance.now() - startedAt)]);
  const grace = new Grace({
    busyMs,
    latencyMs,
    onDue: (isStuck) => note(isStuck ? "stuck" : "due"),
    onOver: () => note("over"),
  });
  return { grace, told };
}

test("a guest that has worked all the time is stuck", async () => {
  const { told } = start(() => performance.now());
  await vi.advanceTimersByTimeAsync(5000);
  expect(told).toEqual([["stuck", 75]]);
});

test("a guest that could hardly work gets a second more", async () => {
  const { told } = start(() => performance.now() / 10);
  await vi.advanceTimersByTimeAsync(5000);
  expect(told).toEqual([
    ["due", 75],
    ["over", 1075],
  ]);
});

test.each<[what: string, busyMs: BusyMs]>([
  ["does not say how much it works", () => new Promise(() => {})],
  ["cannot be measured", () => Promise.reject(new Error("gone"))],
])("a guest that %s is taken for busy", async (_what, busyMs) => {
  const { told } = start(busyMs);
  await vi.advanceTimersByTimeAsync(5000);
  expect(told).toEqual([["stuck", 75]]);
});

test("the way to a guest and back comes on top", async () => {
  const { told } = start(() => 0, 50);
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toEqual([["due", 225]]);
});

test.each([0, 72, 500])("nothing is told of a guest that is back after %i ms, and no timer is left", async (ms) => {
  const { grace, told } = start(() => 0);
  await vi.advanceTimersByTimeAsync(ms);
  grace[Symbol.dispose]();
  await vi.advanceTimersByTimeAsync(5000);
  expect(told.filter(([, atMs]) => atMs > ms)).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test("a guest that is back while its caller is told is not waited for", async () => {
  const grace: Grace = new Grace({
    busyMs: () => 0,
    onDue: () => grace[Symbol.dispose](),
    onOver: () => expect.unreachable(),
  });
  await vi.advanceTimersByTimeAsync(5000);
  expect(vi.getTimerCount()).toBe(0);
});
