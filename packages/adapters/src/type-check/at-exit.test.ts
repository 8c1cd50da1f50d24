import process from "node:process";
import { expect, test } from "vitest";
import { atExit } from "./at-exit.ts";

test("any number of works hang on one listener, which goes with the last of them", () => {
  const before = process.listenerCount("exit");
  const works = Array.from({ length: 50 }, () => atExit(() => {}));
  expect(process.listenerCount("exit")).toBe(before + 1);
  for (const undo of works) undo();
  expect(process.listenerCount("exit")).toBe(before);
});

test("what was not taken back is done", () => {
  const done: string[] = [];
  const undo = [atExit(() => done.push("a")), atExit(() => done.push("b"))];
  undo[0]?.();
  process.listeners("exit").at(-1)?.(0);
  undo[1]?.();
  expect(done).toEqual(["b"]);
});
