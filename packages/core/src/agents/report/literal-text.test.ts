import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literalLine, literalText } from "./literal-text.ts";

describe("literalText", () => {
  it.each([
    ["an ANSI sequence", "\u001b[31m", String.raw`\x1b[31m`],
    ["a title by OSC", "\u001b]0;x\u0007", String.raw`\x1b]0;x\x07`],
    ["a C1 control", "\u009b2J", String.raw`\x9b2J`],
    ["a carriage return", "a\rb", String.raw`a\rb`],
    ["a bidi override", "\u202ea", String.raw`\u202ea`],
    ["a zero-width space", "a\u200bb", String.raw`a\u200bb`],
    ["a byte order mark", "\ufeffa", String.raw`\ufeffa`],
    ["a tag character", "\u{e0041}", String.raw`\u{e0041}`],
    ["a line separator", "a\u2028b", String.raw`a\u2028b`],
    ["half a surrogate pair", "\ud83d!", String.raw`\ud83d!`],
  ])("makes %s visible", (_, text, shown) => {
    expect(literalText(text)).toBe(shown);
  });

  it.each(["[/bad] {x} <b>", "a\n\tb", "grüße, 你好, שלום", "👩‍👩‍👧 👍🏽", "\\x1b"])("leaves %j as it is", (text) => {
    expect(literalText(text)).toBe(text);
  });

  it("takes the line breaks of Windows for line breaks", () => {
    expect(literalText("a\r\nb")).toBe("a\nb");
  });

  it.each([
    [0x00, 0x08],
    [0x0b, 0x1f],
    [0x7f, 0x9f],
    [0x200e, 0x200f],
    [0x202a, 0x202e],
    [0x2066, 0x2069],
  ])("leaves no character from %i to %i", (first, last) => {
    for (let code = first; code <= last; code++) {
      expect(literalText(`a${String.fromCodePoint(code)}b`)).toMatch(/^a\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|r)b$/);
    }
  });

  it("changes nothing when it is done twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(literalText(literalText(text))).toBe(literalText(text));
      }),
    );
  });
});

describe("literalLine", () => {
  it("shows line breaks and tabs, too", () => {
    expect(literalLine("a\n\tb")).toBe(String.raw`a\n\tb`);
  });
});
