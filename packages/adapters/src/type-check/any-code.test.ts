import type { CodeCheck } from "@smoltools/core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codesOf, patient } from "./test-support/check-steps.ts";
import { declarations } from "./test-support/twenty-tools.ts";
import { typeCheck } from "./index.ts";

const marks = [..."(){}[]<>;,.:?=+-*/!&|`'\"\\#@$\n", "=>", "...", "?.", "??=", "/*", "*/", "//", "${"];
const words = `const let var function async await class return try catch for of in if else typeof new this delete type
  interface enum as import export webSearch finalAnswer hits x title 5 0 'a' null undefined globalThis`.split(/\s+/);
const others = ["Object.assign", "é", "😀", "\u2028", "\ud800"];
const tokens = [...marks, ...words.map((word) => `${word} `), ...others];

const code = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.array(fc.constantFrom(...tokens), { maxLength: 40 }).map((parts) => parts.join("")),
);

let check: CodeCheck;

beforeAll(async () => {
  check = await typeCheck(patient).open({ declarations, variables: {} });
});

afterAll(() => check[Symbol.dispose]());

/** Fails when the checker has been lost meanwhile: one that is gone finds nothing. */
function expectAlive(): void {
  check.forget();
  check.ran("const known = 1;");
  expect(codesOf(check.findings("known; missing"))).toEqual(["TS2304"]);
}

describe("any text", () => {
  test("is checked without an error, with findings that lie in it", () => {
    fc.assert(
      fc.property(code, (text) => {
        const lines = text.split("\n");
        for (const { line, column, message } of check.findings(text)) {
          expect(message).not.toMatch(/\n/);
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
        }
      }),
      { numRuns: 400 },
    );
    expectAlive();
  });

  test("can be a step, before any other", () => {
    fc.assert(
      fc.property(fc.array(code, { maxLength: 4 }), (steps) => {
        check.forget();
        for (const step of steps) check.ran(step);
        expect(check.findings("hits; x").length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 100 },
    );
    expectAlive();
  });
});

describe("any JSON value as a variable", () => {
  test("has whatever it has", async () => {
    const checker = typeCheck(patient);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (value) => {
        using check = await checker.open({ declarations, variables: { value } });
        const reads = pathsIn(value).map((path) => `value${path};`);
        expect(check.findings(reads.join("\n"))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

/** How code reads each part of a value. */
function pathsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [""];
  return Object.entries(value).flatMap(([key, member]) =>
    pathsIn(member).map((rest) => `[${JSON.stringify(key)}]${rest}`),
  );
}
