import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseComment } from "./parse-comment.ts";

const tags = (comment: string): string[][] => parseComment(comment).tags.map(({ name, text }) => [name, text]);

describe("a comment is taken apart", () => {
  const rows: [comment: string, text: string, tags: string[][]][] = [
    ["/** One line. */", "One line.", []],
    ["/***/", "", []],
    ["/**\n * Two\n * lines.\n */", "Two\nlines.", []],
    ["/**\r\n * Two\r\n * lines.\r\n */", "Two\nlines.", []],
    ["/**\n   Without\n   asterisks.\n */", "Without\nasterisks.", []],
    [
      "/** Text. @minimum 1 @maximum 2 */",
      "Text.",
      [
        ["minimum", "1"],
        ["maximum", "2"],
      ],
    ],
    ["/** @format date */", "", [["format", "date"]]],
    [
      "/** Does. @param a - A. @returns B. **/",
      "Does.",
      [
        ["param", "a - A."],
        ["returns", "B."],
      ],
    ],
    ["/** Ask @alice or a@b.c, (@bob), @carol/x. */", "Ask @alice or a@b.c, (@bob), @carol/x.", []],
    ["/** Not `a @minimum 1`. */", "Not `a @minimum 1`.", []],
    ["/** One ` tick. @minimum 1 */", "One ` tick.", [["minimum", "1"]]],
    ["/**\n * Text.\n * ```\n * @minimum 1\n * ```\n * More.\n */", "Text.\n```\n@minimum 1\n```\nMore.", []],
    [
      "/**\n * @example\n *   a();\n *     b(); // @minimum 1\n */",
      "",
      [["example", "  a();\n    b(); // @minimum 1"]],
    ],
    ["/**\n * @example\n * @decorated\n * class A {}\n * @returns B.\n */", "", [["example", "@decorated\nclass A {}"], ["returns", "B."]]], // prettier-ignore
    ["/**\n * @scope/package is a name.\n */", "@scope/package is a name.", []],
    ["/**\n * Text.\n * @internal\n * Hidden.\n */", "Text.", [["internal", "Hidden."]]],
    ["/** @throws{Error} When. */", "", [["throws", "{Error} When."]]],
  ];

  it.each(rows)("%j", (comment, text, expected) => {
    expect(parseComment(comment).text).toBe(text);
    expect(tags(comment)).toEqual(expected);
  });

  it("and each tag knows where it stands", () => {
    const comment = "/**\n * Text. @minimum 1\n * @param a - A.\n */";
    for (const { name, offset, text, textOffset } of parseComment(comment).tags) {
      expect(comment.slice(offset, offset + name.length + 1)).toBe(`@${name}`);
      expect(comment.slice(textOffset, textOffset + text.length)).toBe(text);
    }
  });

  it("whatever it holds: every tag is where it says, and nothing is thrown", () => {
    const piece = fc.constantFrom("@param", "@minimum", "@example", "`", "```", "\n", "\n * ", " ", "*", "{", "}", "a", "@", "1", "@other"); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const comment = `/**${pieces.join("").replaceAll("*/", "")} */`;
        for (const { name, offset } of parseComment(comment).tags) {
          expect(comment.slice(offset, offset + name.length + 1)).toBe(`@${name}`);
        }
      }),
    );
  });
});
