import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { KeyedSemaphore } from "./keyed-semaphore.ts";

test("no more than the allowed number work on one key, in the order in which they came", async () => {
  const semaphore = new KeyedSemaphore(2);
  const order: number[] = [];
  let working = 0;
  let most = 0;
  const tasks = [0, 1, 2, 3, 4, 5].map(async (id) => {
    using _place = await semaphore.enter("a");
    order.push(id);
    working += 1;
    most = Math.max(most, working);
    await turn();
    working -= 1;
  });
  await Promise.all(tasks);
  expect(most).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4, 5]);
});

test("keys do not wait for each other", async () => {
  const semaphore = new KeyedSemaphore(1);
  using _a = await semaphore.enter("a");
  await expect(semaphore.enter("b")).resolves.toBeDefined();
});

test("one that comes just as a place is given on does not overtake the one who waits", async () => {
  const semaphore = new KeyedSemaphore(1);
  const first = await semaphore.enter("a");
  const order: string[] = [];
  const second = semaphore.enter("a").then((place) => (order.push("second"), place[Symbol.dispose]()));
  first[Symbol.dispose]();
  const third = semaphore.enter("a").then((place) => (order.push("third"), place[Symbol.dispose]()));
  await Promise.all([second, third]);
  expect(order).toEqual(["second", "third"]);
});

test("leaving twice frees one place only", async () => {
  const semaphore = new KeyedSemaphore(1, 0);
  const first = await semaphore.enter("a");
  first[Symbol.dispose]();
  using _second = await semaphore.enter("a");
  first[Symbol.dispose]();
  await expect(semaphore.enter("a")).rejects.toMatchObject({ code: "HUB_BUSY" });
});

test("waiting can be given up, and the place goes to the next one", async () => {
  const semaphore = new KeyedSemaphore(1);
  const first = await semaphore.enter("a");
  const controller = new AbortController();
  const second = semaphore.enter("a", controller.signal);
  const third = semaphore.enter("a");
  controller.abort(new Error("enough"));
  await expect(second).rejects.toThrow("enough");
  first[Symbol.dispose]();
  (await third)[Symbol.dispose]();
});

test("too many who wait are refused", async () => {
  const semaphore = new KeyedSemaphore(1, 1);
  const first = await semaphore.enter("a");
  const second = semaphore.enter("a");
  await expect(semaphore.enter("a")).rejects.toMatchObject({ code: "HUB_BUSY" });
  first[Symbol.dispose]();
  (await second)[Symbol.dispose]();
});
