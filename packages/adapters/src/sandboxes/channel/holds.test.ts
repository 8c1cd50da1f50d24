import { expect, test } from "vitest";
import { Holds } from "./holds.ts";

test("is told when the first comes and when the last has gone", () => {
  const told: boolean[] = [];
  const holds = new Holds((isHeld) => told.push(isHeld));
  const [first, second] = [holds.take(), holds.take()];
  first[Symbol.dispose]();
  expect(told).toEqual([true]);
  second[Symbol.dispose]();
  expect(told).toEqual([true, false]);
  holds.take();
  expect(told).toEqual([true, false, true]);
});
