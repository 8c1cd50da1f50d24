import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wrapWords } from "./wrap-words.ts";

describe("wrapWords", () => {
  it.each<[string, number, string[]]>([
    ["fits as it is", 13, ["fits as it is"]],
    ["fits as it is", 12, ["fits as it", "is"]],
    ["  keeps its place", 9, ["  keeps", "  its", "  place"]],
    ["averylongword stays whole", 6, ["averylongword", "stays", "whole"]],
    ["a  gap", 4, ["a", "gap"]],
    ["\u001B[31mred words\u001B[39m go on", 9, ["\u001B[31mred words\u001B[39m", "go on"]],
    ["", 1, [""]],
  ])("of %j in %i columns is %j", (line, width, lines) => {
    expect(wrapWords(line, width)).toEqual(lines);
  });

  it("loses no word, and is too wide only where a word is", () => {
    const line = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(line, fc.integer({ min: 1, max: 40 }), (text, width) => {
        const lines = wrapWords(text, width);
        expect(lines.join(" ")).toBe(text);
        for (const each of lines) expect(each.length <= width || !each.includes(" ")).toBe(true);
      }),
    );
  });
});
