import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveSource, fixSource } from "../index.ts";

async function fixed(source: string) {
  const { problems, warnings } = await deriveSource(source.replace(/^\uFEFF/, ""), { fileName: "tool.ts" });
  return fixSource(source, [...problems, ...warnings]);
}

const body = "export function f(a: string, b: number, c = 1): string { return a; }";
const a = " * @param a - TODO: say what it is for.";
const b = " * @param b - TODO: say what it is for.";
const c = " * @param c - TODO: say what it is for.";
const returns = " * @returns TODO: say what it returns.";

describe("fixSource writes", () => {
  const rows: [what: string, before: string[], after: string[]][] = [
    [
      "all of a comment",
      [body],
      ["/**", " * TODO: say what it does and when to use it.", a, b, c, returns, " */", body],
    ],
    ["the lines that a one-line comment lacks", ["/** Does. */", body], ["/**", " * Does.", a, b, c, returns, " */", body]], // prettier-ignore
    ["the lines of an empty comment", ["/***/", body], ["/**", a, b, c, returns, " */", body]],
    ["the last parameter before the result", ["/**", " * Does.", " * @param a - A.", " * @param b - B.", " * @returns R.", " */", body], ["/**", " * Does.", " * @param a - A.", " * @param b - B.", c, " * @returns R.", " */", body]], // prettier-ignore
    ["the middle one behind all that is about the one before", ["/**", " * Does.", " * @param a - A", " *   in two lines.", " * @minLength 1", " * @param c - C.", " * @returns R.", " */", body], ["/**", " * Does.", " * @param a - A", " *   in two lines.", " * @minLength 1", b, " * @param c - C.", " * @returns R.", " */", body]], // prettier-ignore
    ["the first one before the others", ["/**", " * Does.", " *", " * @param b - B.", " * @param c - C.", " * @returns R.", " */", body], ["/**", " * Does.", " *", a, " * @param b - B.", " * @param c - C.", " * @returns R.", " */", body]], // prettier-ignore
    ["parameters before other tags", ["/**", " * Does.", " * @throws Never.", " * @example f()", " */", body], ["/**", " * Does.", a, b, c, returns, " * @throws Never.", " * @example f()", " */", body]], // prettier-ignore
    ["a result behind the parameters", ["/**", " * Does.", " * @param a - A.", " * @param b - B.", " * @param c - C.", " * @throws Never.", " */", body], ["/**", " * Does.", " * @param a - A.", " * @param b - B.", " * @param c - C.", returns, " * @throws Never.", " */", body]], // prettier-ignore
    ["before an end that stands behind text", ["/** Does.", " * @param a - A. */", body], ["/** Does.", " * @param a - A.", b, c, returns, " */", body]], // prettier-ignore
    ["the result of a constant, above its statement", ["/** Does. */", "export const g = (): string => '';"], ["/**", " * Does.", returns, " */", "export const g = (): string => '';"]], // prettier-ignore
    ["in the indentation of a method", ["export class T {", '  description = "Does.";', "  run(a: string): void {}", "}"], ["export class T {", '  description = "Does.";', "  /**", `  ${a}`, "   */", "  run(a: string): void {}", "}"]], // prettier-ignore
    ["in tabs where the source has them", ["export class T {", '\tdescription = "Does.";', "\t/** Runs. */", "\trun(a: string): void {}", "}"], ["export class T {", '\tdescription = "Does.";', "\t/**", "\t * Runs.", `\t${a}`, "\t */", "\trun(a: string): void {}", "}"]], // prettier-ignore
    ["comments above their properties", ["/** Does. */", "export function g(o: { /** A. */ a: string; /** B. */ b: string }): void {}"], ["/** Does. */", "export function g(o: {", "  /** A. */", "  a: string;", "  /** B. */", "  b: string }): void {}"]], // prettier-ignore
    ["a comment below the brace that it stands behind", ["interface P { /** A. */", "  a: string;", "}", "/** Does. */", "export function g(o: P): void {}"], ["interface P {", "  /** A. */", "  a: string;", "}", "/** Does. */", "export function g(o: P): void {}"]], // prettier-ignore
  ];

  it.each(rows)("%s", async (_what, before, after) => {
    for (const end of ["\n", "\r\n"]) {
      for (const mark of ["", "\uFEFF"]) {
        const once = await fixed(mark + [...before, ""].join(end));
        expect(once.text).toBe(mark + [...after, ""].join(end));
        expect(once.fixed.length).toBeGreaterThan(0);
        expect((await fixed(once.text)).text).toBe(once.text);
      }
    }
  });
});

describe("fixSource leaves", () => {
  it.each([
    ["what needs its author", `/** Does.\n * @param a - A. */\nexport function f(a: any): void {}`],
    ["a tag that is there without words", "/** Does.\n * @param a\n */\nexport function f(a: string): void {}"],
    ["a comment that may be about the property before it", "/** Does. */\nexport function f(o: {\n  a: string; /** A. */\n  b: string;\n}): void {}"], // prettier-ignore
    ["a comment whose code block does not end", `/** Does.\n * \`\`\`\n */\n${body}`],
    ["a source that does not parse", "export function f( {"],
  ])("%s", async (_what, source) => {
    const { text, fixed: done, left } = await fixed(source);
    expect(text).toBe(source);
    expect(done).toEqual([]);
    expect(left.length).toBeGreaterThan(0);
  });

  it("a source that is another one than the problems are about", async () => {
    const { problems } = await deriveSource(`/** Does. */\n${body}`, { fileName: "tool.ts" });
    expect(fixSource("// short", problems)).toEqual({ text: "// short", fixed: [], left: problems });
  });
});

it("what is wrong in another file is left to that file", async () => {
  const files = { "other.ts": `${body.replace("f(", "g(")}\n` };
  const source = `/** Does.\n * @returns R. */\nexport function f(): string { return ""; }\nexport { g } from "./other.ts";`;
  const { problems } = await deriveSource(source, { fileName: "tool.ts", files });
  expect(problems.map(({ file }) => file)).toEqual(Array.from({ length: 4 }, () => "other.ts"));
  expect(fixSource(source, problems)).toEqual({ text: source, fixed: [], left: problems });
  expect(fixSource(files["other.ts"], problems).fixed).toHaveLength(4);
});

it("a tool is not published with what fixSource wrote", async () => {
  const { text } = await fixed(body);
  const { tools, problems, warnings } = await deriveSource(text, { fileName: "tool.ts" });
  expect(tools).toEqual([]);
  expect(problems.map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => "E_NO_DESCRIPTION"));
  expect(warnings.map(({ code }) => code)).toEqual(["W_NO_DESCRIPTION"]);
});

it("whatever the comment, one fix is enough and nothing else is lost", async () => {
  const line = fc.constantFrom(" * Text.", " *", " * @param a - A.", " * @param c - C. @minimum 1", " * @param b", " * @minimum 2", " * @returns R.", " * @throws E.", " * @example", " * ```", " * f()", "Bare."); // prettier-ignore
  const comments = fc.sample(fc.tuple(fc.array(line, { maxLength: 7 }), fc.constantFrom(" */", "*/", " More. */")), 40);
  for (const [lines, end] of comments) {
    const source = ["/**", ...lines, end, body].join("\n");
    const once = await fixed(source);
    expect((await fixed(once.text)).text).toBe(once.text);
    const kept = once.text.split("\n").filter((each) => !each.includes("TODO:"));
    const text = (all: string[]) => all.join("").replace(/[\s*/]/g, "");
    expect(text(kept)).toBe(text(source.split("\n")));
  }
});
