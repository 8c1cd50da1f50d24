import { expect, it } from "vitest";
import { deriveSource } from "../index.ts";
import { formatProblem } from "./format-problem.ts";
import type { Problem } from "./problem.ts";

const problem: Problem = {
  code: "E_ANY",
  file: "src/tool.ts",
  line: 2,
  column: 22,
  length: 3,
  message: '"x" has the type any.',
  fix: "write its type",
};

it("a problem is shown with its place, the line underlined, and the fix", () => {
  expect(formatProblem(problem, "/** Does. */\nexport function f(x: any): void {}\n")).toBe(
    `src/tool.ts:2:22  E_ANY "x" has the type any.
  2 | export function f(x: any): void {}
    |                      ^^^
    = fix: write its type`,
  );
});

it("the underline stands below the place behind tabs, and ends with the line", () => {
  const shown = formatProblem({ ...problem, line: 10, column: 3, length: 99 }, `${"\n".repeat(9)}\t\tany,\r\nmore`);
  expect(shown.split("\n").slice(1, 3)).toEqual(["  10 | \t\tany,", "     | \t\t^^^^"]);
});

it("of a long line, the part around the place is shown", () => {
  const line = `${"a".repeat(500)}any${"b".repeat(500)}`;
  const [, shown = "", underline = ""] = formatProblem({ ...problem, line: 1, column: 501 }, line).split("\n");
  expect(shown.length).toBeLessThan(180);
  expect(shown.slice(underline.indexOf("^"), underline.lastIndexOf("^") + 1)).toBe("any");
});

it("a place outside of the text is shown without a line", () => {
  expect(formatProblem({ ...problem, line: 9 }, "one line")).toBe(
    'src/tool.ts:9:22  E_ANY "x" has the type any.\n  fix: write its type',
  );
});

it("all problems of a file are found in one run, in the order of the source", async () => {
  const source = `export function f(a, b: any) {}
/** Does. @param x - X. @minimum x */
export function g(x: number): () => void { return () => {}; }`;
  const { problems } = await deriveSource(source, { fileName: "tool.ts" });
  expect(problems.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual([
    "1:17 E_NO_DESCRIPTION",
    "1:19 E_UNTYPED",
    "1:19 E_NO_DESCRIPTION",
    "1:22 E_NO_DESCRIPTION",
    "1:25 E_ANY",
    "2:25 E_TAG",
    "3:31 E_FUNCTION",
  ]);
});
