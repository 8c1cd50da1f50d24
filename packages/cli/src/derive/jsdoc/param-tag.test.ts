import fc from "fast-check";
import { expect, it } from "vitest";
import { parseParamTag } from "./param-tag.ts";

const rows: [text: string, path: string[], initial: string | undefined, description: string][] = [
  ["a - The a.", ["a"], undefined, " - The a."],
  ["a The a.", ["a"], undefined, " The a."],
  ["a", ["a"], undefined, ""],
  ["options.limit - L", ["options", "limit"], undefined, " - L"],
  ["rows[].name - N", ["rows", "name"], undefined, " - N"],
  ["{string} a - The a.", ["a"], undefined, " - The a."],
  ["{{ a: { b: string } }} a - The a.", ["a"], undefined, " - The a."],
  ["[a] - The a.", ["a"], undefined, " - The a."],
  ["[a=3] - The a.", ["a"], "3", " - The a."],
  ['{string} [a="]"] - The a.', ["a"], '"]"', " - The a."],
  ["[a=[1, [2]]] - The a.", ["a"], "[1, [2]]", " - The a."],
  ["[a.b=it's] - B", ["a", "b"], "it's", " - B"],
  ["rows[][].name", ["rows", "name"], undefined, ""],
  ["a[]a", ["a[]a"], undefined, ""],
  ["- The a.", [], undefined, "- The a."],
  ["", [], undefined, ""],
  ["[a", ["a"], undefined, ""],
  ["{string a", [], undefined, ""],
];

it.each(rows)("%j is taken apart", (text, path, initial, description) => {
  const head = parseParamTag(text);
  expect(head).toMatchObject({ path, initial, description });
  expect(text.slice(head.nameOffset, head.nameOffset + head.nameLength)).toContain(path[0] ?? "");
});

it("any text is taken apart, and its name is where it says", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."{}[]='\"`\\. a-") }), (text) => {
      const { path, nameOffset, nameLength } = parseParamTag(text);
      expect(text.slice(nameOffset, nameOffset + nameLength)).toContain(path[0] ?? "");
    }),
    { numRuns: 2000 },
  );
});
