import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText } from "./decode-text.ts";

const latin = (text: string): Buffer => Buffer.from(text, "latin1");
const mark = (...bytes: number[]): Buffer => Buffer.from(bytes);

describe("decodeText", () => {
  it.each<[string, Buffer, string | undefined, string]>([
    ["UTF-8 by itself", Buffer.from("é🦉"), undefined, "é🦉"],
    ["the header's set", latin("é"), "text/html; charset=ISO-8859-1", "é"],
    ["the header's set in quotes", Buffer.from("é"), 'text/html; charset="utf-8"', "é"],
    ["a page's own set", latin('<meta charset="iso-8859-1">é'), "text/html", '<meta charset="iso-8859-1">é'],
    [
      "a page's own set in its old form",
      Buffer.concat([
        latin('<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">'),
        mark(0x83, 0x65),
      ]),
      undefined,
      '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">テ',
    ],
    [
      "the header before the page",
      Buffer.from('<meta charset="latin1">é'),
      "a/b;charset=utf-8",
      '<meta charset="latin1">é',
    ],
    [
      "a byte order mark before the header",
      Buffer.concat([mark(0xef, 0xbb, 0xbf), Buffer.from("é")]),
      "a/b;charset=latin1",
      "é",
    ],
    ["UTF-16 by its mark", Buffer.concat([mark(0xff, 0xfe), Buffer.from("é", "utf16le")]), undefined, "é"],
    ["a set that nobody knows", Buffer.from("é"), "text/html; charset=klingon", "é"],
    [
      "a page that is UTF-16 by its own word alone",
      Buffer.from('<meta charset="utf-16">é'),
      undefined,
      '<meta charset="utf-16">é',
    ],
    ["what is no UTF-8", latin("caf\xe9 \x93a\x94"), undefined, "café “a”"],
    ["UTF-8 that a cut has hurt", Buffer.from("aé").subarray(0, 2), undefined, "a\ufffd"],
  ])("reads %s", (_, bytes, contentType, text) => {
    expect(decodeText(bytes, contentType)).toBe(text);
  });

  it("gives each text back that comes as UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(decodeText(Buffer.from(`-${text}`), "text/plain; charset=utf-8")).toBe(`-${text}`);
      }),
    );
  });
});
