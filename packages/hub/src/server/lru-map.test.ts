import { expect, test } from "vitest";
import { LruMap } from "./lru-map.ts";

test("what was not used for longest goes first", () => {
  const map = new LruMap<number>(2);
  map.set("a", 1);
  map.set("b", 2);
  map.get("a");
  map.set("c", 3);
  expect([map.get("a"), map.get("b"), map.get("c")]).toEqual([1, undefined, 3]);
});

test("weights count, not numbers", () => {
  const map = new LruMap<number>(10);
  map.set("a", 1, 6);
  map.set("b", 2, 4);
  map.set("c", 3, 1);
  expect([map.get("a"), map.get("b"), map.get("c")]).toEqual([undefined, 2, 3]);
});

test("a value that is heavier than everything is not kept, and throws nothing out", () => {
  const map = new LruMap<number>(2);
  map.set("a", 1);
  map.set("b", 2, 3);
  expect([map.get("a"), map.get("b")]).toEqual([1, undefined]);
});

test("a value that is set again counts once", () => {
  const map = new LruMap<number>(2);
  map.set("a", 1);
  map.set("a", 2);
  map.set("b", 3);
  expect([map.get("a"), map.get("b")]).toEqual([2, 3]);
});
