import { expect, test } from "vitest";
import { fewOfEach } from "./few-of-each.ts";

const many = (code: string, count: number) => Array.from({ length: count }, (_, index) => ({ code, line: index + 1 }));

test("three of each kind are shown, in their order", () => {
  const [a, b] = [many("A", 5), many("B", 2)];
  const { shown, others } = fewOfEach([...a.slice(0, 2), ...b, ...a.slice(2)]);
  expect(shown).toEqual([a[0], a[1], b[0], b[1], a[2]]);
  expect(others).toEqual(["and 2 more A, in lines 4, 5"]);
});

test("of very many, some lines are named", () => {
  expect(fewOfEach(many("A", 60)).others).toEqual([
    "and 57 more A, in lines 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, …",
  ]);
});

test("what has no line is counted", () => {
  expect(fewOfEach(Array.from({ length: 4 }, () => ({ code: "A" }))).others).toEqual(["and 1 more A"]);
});
