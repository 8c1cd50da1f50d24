import { expect, test } from "vitest";
import { inspect } from "./inspect.ts";

class Point {
  x = 1;
}

const cyclic: Record<string, unknown> = { name: "a" };
cyclic.self = cyclic;

test.each<[string, unknown]>([
  ['"text"', "text"],
  ["1.5", 1.5],
  ["-0", -0],
  ["10n", 10n],
  ["true", true],
  ["null", null],
  ["undefined", undefined],
  ["Symbol(s)", Symbol("s")],
  ["[Function]", () => 1],
  ["[Function: named]", function named() {}],
  ["[class: Point]", Point],
  ["[]", []],
  ['[1, "a", [2]]', [1, "a", [2]]],
  ["[<empty>, 3]", Object.assign(Array.from({ length: 0 }), { 1: 3 })],
  ["{}", {}],
  ['{ a: 1, "b c": { d: null } }', { a: 1, "b c": { d: null } }],
  ["{ a: [Getter] }", Object.defineProperty({}, "a", { get: () => 1, enumerable: true })],
  ["{}", Object.create(null)],
  ["Point { x: 1 }", new Point()],
  ["1970-01-01T00:00:00.000Z", new Date(0)],
  ["Invalid Date", new Date(Number.NaN)],
  ["/a\\/b/g", /a\/b/g],
  ["RangeError: far", new RangeError("far")],
  ["Error: outer [cause: Error: inner]", new Error("outer", { cause: new Error("inner") })],
  ['Map(1) { "a" => { b: 1 } }', new Map([["a", { b: 1 }]])],
  ['Set(2) { 1, "b" }', new Set([1, "b"])],
  ["Uint8Array(2) [1, 2]", new Uint8Array([1, 2])],
  ["ArrayBuffer(3)", new ArrayBuffer(3)],
  ["Promise", Promise.resolve(1)],
  ['{ name: "a", self: [Circular] }', cyclic],
])("shows %s", (text, value) => {
  expect(inspect(value, 1000)).toBe(text);
});

test("shows that an object cannot be shown", () => {
  const ownKeys = (): never => {
    throw new Error("no");
  };
  expect(inspect(new Proxy({}, { ownKeys }), 1000)).toBe("[an object that cannot be shown]");
});

test("leaves out what comes after a hundred entries", () => {
  expect(
    inspect(
      Array.from({ length: 120 }, () => 0),
      1000,
    ),
  ).toMatch(/0, … 20 more\]$/);
});

test("stops soon after its budget", () => {
  const wide = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => "x".repeat(100)));
  expect(inspect(wide, 500).length).toBeLessThan(2000);
});

test("goes only so deep", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 10_000; level += 1) deep = { deep };
  expect(inspect(deep, 1000)).toContain("[Object]");
});

test("shows the same object twice where it is no cycle", () => {
  const shared = { a: 1 };
  expect(inspect([shared, shared], 1000)).toBe("[{ a: 1 }, { a: 1 }]");
});
