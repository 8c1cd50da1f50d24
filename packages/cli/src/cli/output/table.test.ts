import stringWidth from "fast-string-width";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { table } from "./table.ts";

const rows = [
  ["ref", "locked", "why"],
  ["acme/weather@^1", "1.2.0", "yanked: the units were wrong for the whole of Scandinavia"],
  ["acme/csv", "2.0.0", ""],
];

describe("table", () => {
  it("puts columns under one another", () => {
    expect(
      table([
        ["a", "bb"],
        ["ccc", "d"],
      ]),
    ).toEqual(["a    bb", "ccc  d"]);
  });

  it("does not wrap where there is no terminal", () => {
    expect(table(rows)).toHaveLength(3);
  });

  it("wraps the widest column at 40 columns", () => {
    expect(table(rows, 40)).toEqual([
      "ref              locked  why",
      "acme/weather@^1  1.2.0   yanked: the",
      "                         units were",
      "                         wrong for the",
      "                         whole of",
      "                         Scandinavia",
      "acme/csv         2.0.0",
    ]);
  });

  it("makes blocks of rows where there are too many columns", () => {
    expect(table([["acme/weather", "1.2.0", "aaaaaaaaa", "bbbbbbbbb", "ccccccccc"]], 30)).toEqual([
      "acme/weather",
      "  1.2.0",
      "  aaaaaaaaa",
      "  bbbbbbbbb",
      "  ccccccccc",
    ]);
  });

  it("counts two places for wide characters, and none for colours", () => {
    const lines = table([
      ["天気予報", "x"],
      ["\u001B[1mbold\u001B[22m", "y"],
    ]);
    expect(lines.map((line) => stringWidth(line))).toEqual([11, 11]);
  });

  it("keeps every character, and no line wider than the terminal", () => {
    const cell = fc.string({ unit: fc.constantFrom(..."ab天🔧é-"), maxLength: 40 });
    const tables = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    const letters = (text: string) => [...text.replace(/\s/g, "")].sort().join("");
    fc.assert(
      fc.property(tables, fc.integer({ min: 12, max: 100 }), (cells, width) => {
        const lines = table(cells, width);
        expect(Math.max(0, ...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
        expect(letters(lines.join(""))).toBe(letters(cells.flat().join("")));
      }),
    );
  });
});
