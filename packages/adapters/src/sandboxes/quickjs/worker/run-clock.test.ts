import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RunClock } from "./run-clock.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

test("time passes until the run is late", () => {
  const clock = new RunClock(100, new BigInt64Array(1));
  vi.advanceTimersByTime(150);
  expect(clock.leftMs).toBe(-50);
});

test("no time passes while the clock stands still, however often that is said", () => {
  const clock = new RunClock(100, new BigInt64Array(1));
  vi.advanceTimersByTime(30);
  clock.stop();
  vi.advanceTimersByTime(500);
  clock.stop();
  expect(clock.leftMs).toBe(70);
  vi.advanceTimersByTime(500);
  expect([clock.go(), clock.go()]).toEqual([true, false]);
  expect(clock.leftMs).toBe(70);
});

test("says in shared memory for how long it has stood still", () => {
  const shared = new BigInt64Array(1);
  const clock = new RunClock(100, shared);
  const seen = [shared[0]];
  for (let turn = 0; turn < 2; turn += 1) {
    clock.stop();
    seen.push(shared[0]);
    vi.advanceTimersByTime(20);
    clock.go();
    seen.push(shared[0]);
    vi.advanceTimersByTime(5);
  }
  expect(seen).toEqual([0n, -1n, 20n, -1n, 40n]);
});
