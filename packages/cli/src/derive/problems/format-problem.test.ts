import fc from "fast-check";
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

it.each<[string, string, string, string, string]>([
  ["wide characters", "// 天気 ", "any", "// 天気 any;", "        ^^^"],
  ["emoji and their parts", "/* 👩‍👩‍👧 é */", "any", "/* 👩‍👩‍👧 é */any;", "          ^^^"],
  ["wide characters that are meant", "a: ", "天気", "a: 天気;", "   ^^^^"],
  ["tabs among spaces", "\t \ta ", "any", "\t \ta any;", "\t \t  ^^^"],
  ["commands to the terminal", "\u001b[2J", "any", "\uFFFD[2Jany;", "    ^^^"],
  ["text that is written backwards", "/*\u202e*/", "any", "/*\uFFFD*/any;", "    ^^^"],
])("the underline stands below the place behind %s", (_what, before, meant, shown, underline) => {
  const text = formatProblem(
    { ...problem, line: 1, column: before.length + 1, length: meant.length },
    `${before}${meant};`,
  );
  expect(text.split("\n").slice(1, 3)).toEqual([`  1 | ${shown}`, `    | ${underline}`]);
});

it("a line is found whichever characters end lines, and behind a byte order mark", () => {
  const source = "\uFEFFone\r\ntwo\rthree\u2028four";
  const shown = [1, 2, 3, 4].map((line) => formatProblem({ ...problem, line, column: 1 }, source).split("\n")[1]);
  expect(shown).toEqual(["  1 | one", "  2 | two", "  3 | three", "  4 | four"]);
});

it("a long line is cut between characters", () => {
  const line = `${"天".repeat(500)}any${"👧".repeat(500)}`;
  const [, shown = "", underline = ""] = formatProblem({ ...problem, line: 1, column: 501 }, line).split("\n");
  expect(shown.isWellFormed()).toBe(true);
  expect(shown.length).toBeLessThan(180);
  expect(underline).toMatch(/^ {4}\| {1,90}\^\^\^$/);
});

it("whatever the line, the underline has the width of what is meant", () => {
  const line = fc.array(fc.constantFrom("a", "\t", "天", "é", "👩‍👧", " ", "\u0007"), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(line, fc.nat(), (characters, at) => {
      const index = at % characters.length;
      const column = characters.slice(0, index).join("").length + 1;
      const place = { line: 1, column, length: characters[index]?.length ?? 0 };
      const [, , underline = ""] = formatProblem({ ...problem, ...place }, characters.join("")).split("\n");
      const width = ["天", "👩‍👧"].includes(characters[index] ?? "") ? 2 : 1;
      expect(underline.match(/\^+/)?.[0].length).toBe(width);
    }),
  );
});

it("a place outside of the text is shown without a line", () => {
  expect(formatProblem({ ...problem, line: 9 }, "one line")).toBe(
    'src/tool.ts:9:22  E_ANY "x" has the type any.\n  fix: write its type',
  );
});

it.each([1, 9])("a problem without a fix to tell has no line for it (line %i)", (line) => {
  expect(formatProblem({ ...problem, line, fix: "" }, "one line")).not.toContain("fix");
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
