import { expect, test } from "vitest";
import { UntimedWork } from "./untimed-work.ts";

function untimedWork(): { work: UntimedWork; told: boolean[] } {
  const told: boolean[] = [];
  return { work: new UntimedWork((inProgress) => told.push(inProgress)), told };
}

test("tells the begin of the first work and the end of the last", async () => {
  const { work, told } = untimedWork();
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const added = [work.add(1, first.promise), work.add(1, second.promise), work.add(2, Promise.resolve())];
  first.resolve();
  await added[0];
  await added[2];
  expect(told).toEqual([true]);
  second.resolve();
  await added[1];
  expect(told).toEqual([true, false]);
});

test("counts work that fails as done", async () => {
  const { work, told } = untimedWork();
  await work.add(1, Promise.reject(new Error("no")));
  expect(told).toEqual([true, false]);
});

test("does not count the work of a call that is over", async () => {
  const { work, told } = untimedWork();
  const late = Promise.withResolvers<void>();
  const added = work.add(1, late.promise);
  work.forget(1);
  work.forget(1);
  late.resolve();
  await added;
  expect(told).toEqual([true, false]);
});

test("keeps counting the work of other calls when one is over", () => {
  const { work, told } = untimedWork();
  void work.add(1, new Promise(() => {}));
  void work.add(2, new Promise(() => {}));
  work.forget(1);
  expect(told).toEqual([true]);
});
