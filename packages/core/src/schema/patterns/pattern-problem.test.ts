import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isExplosive } from "./is-explosive.ts";
import { patternProblem } from "./pattern-problem.ts";

describe("a pattern", () => {
  it.each([
    "^[a-z]+$",
    "^[a-z0-9]+(-[a-z0-9]+)*$",
    "^[\\w.-]+/[\\w.-]+$",
    "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?Z?)?$",
    "^(?:[a-z]+\\.)+[a-z]{2,}$",
    "^(a|b|cd)*$",
    "^(?<year>\\d+)(?:,\\d+)*$",
    "^[^@\\s]+@[^@\\s]+$",
    "^\\p{Lu}\\p{Ll}*$",
    "^[\\u0041-\\u{5A}\\x61]+$",
    "^(?=.*\\d)(?!.*\\s)[a-z\\d]+$",
    "^(\\d{1,3}\\.){3}\\d{1,3}$",
    "^.*a.*b.*$",
    "(a)\\1+",
    `^${"[a-z]".repeat(200)}+$`,
    "",
  ])("%j is good", (pattern) => {
    expect(patternProblem(pattern)).toBeUndefined();
  });

  it.each([
    "^(a+)+$",
    "^(a*)*$",
    "^(a|a)*$",
    "^(a|ab|b)*$",
    "^(\\w+\\s?)*$",
    "^(\\d|\\w)+$",
    "^([a-z]+-?)+$",
    "^(a?b?)*$",
    "^(a{1,3})*$",
    "^(.*,)*x$",
    "(x+x+)+y",
    "^((ab)*|a|b)*$",
    "^(?:\\p{L}|a)*$",
    "^(a+){10,}$",
    "^(?=(a+)+$)a",
    "^(?!(\\w|\\d)*x)",
    "^([^\\p{L}]|1)*$",
    `^${"b".repeat(200)}(a+)+$`,
    "^(a)(\\1+)+$",
    `^${"a?".repeat(40)}b$`,
    "^((a?){9}){9}$",
    `^(${"a|".repeat(100)}b)*$`,
  ])("%j takes exponential time", (pattern) => {
    expect(patternProblem(pattern)?.message).toContain("exponential");
  });

  it.each(["(", "[a", "a{2,1}", "\\", "(?<a", "*", "[z-a]", "\\-"])("%j is no regular expression", (pattern) => {
    expect(patternProblem(pattern)?.message).toContain("is not a regular expression");
  });

  it("is examined in little time, whatever it is", () => {
    const piece = fc.constantFrom("a", "b", "\\d", "\\w", "(", ")", "(?:", "[ab]", "[^a]", "*", "+", "?", "{2,3}", "{2,}", "|", ".", "^", "$", "\\b", "(?=", "(?<n>"); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const problem = patternProblem(pieces.join(""));
        expect(problem?.fix).not.toBe("");
      }),
    );
  });

  it("that is called good matches in polynomial time", () => {
    // A loop that overlaps with itself shows in steps: texts of twice the length would take the square of the time.
    const part = fc.constantFrom("a", "b", "ab", "a?", "b*", "a+", "(a|b)", "(ab)*", "(a+b)+", "[ab]");
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), fc.constantFrom("*", "+"), (parts, loop) => {
        const pattern = `^(${parts.join("")})${loop}$`;
        if (isExplosive(pattern)) return;
        const steps = countSteps(parts.join(""), `${"ab".repeat(8)}c`);
        expect(steps).toBeLessThan(5000);
      }),
    );
  });
});

/** How often a backtracking matcher of `(body)+$` tries the body on a text that does not match. */
function countSteps(body: string, text: string): number {
  let steps = 0;
  const matchFrom = (from: number): boolean => {
    if (from === text.length) return true;
    for (let to = text.length; to > from; to--) {
      steps++;
      if (steps > 10_000) return true;
      if (new RegExp(`^(?:${body})$`).test(text.slice(from, to)) && matchFrom(to)) return true;
    }
    return false;
  };
  matchFrom(0);
  return steps;
}
