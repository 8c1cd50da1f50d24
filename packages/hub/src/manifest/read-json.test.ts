import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "./read-json.ts";

describe("readJson", () => {
  it("reads what JSON.stringify writes", () => {
    const value = fc.jsonValue().filter((json) => !JSON.stringify(json).includes("__proto__"));
    fc.assert(
      fc.property(value, (json) => {
        expect(readJson(Buffer.from(JSON.stringify(json)))).toEqual(JSON.parse(JSON.stringify(json)));
      }),
    );
  });

  it.each<[string, string | Uint8Array, string]>([
    ["a byte order mark", "\uFEFF{}", "byte order mark"],
    ["bytes that are no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), "encoded data was not valid"],
    ["UTF-16", Buffer.from("{}", "utf16le"), "JSON"],
    ["the same key twice", '{"a":1,"a":2}', "twice"],
    ["a key that becomes a prototype", '{"a":{"__proto__":{}}}', "__proto__"],
    ["a nesting without end", "[".repeat(50_000) + "]".repeat(50_000), "nested deeper"],
    ["a number that is too large", '{"a":1e999}', "too large"],
    ["half of a character", String.raw`{"a":"\ud800"}`, "lone surrogate"],
    ["half of a character in a key", String.raw`{"\udc00":1}`, "lone surrogate"],
    ["a comment", "{} // x", "JSON"],
  ])("refuses %s", (_title, content, words) => {
    expect(() => readJson(Buffer.from(content))).toThrow(words);
  });

  it.each([["[]"], ['{"a":-0.5e-3}'], ['"\u{1F600}"'], [String.raw`"\ud83d\ude00"`]])("accepts %s", (text) => {
    expect(readJson(Buffer.from(text))).toEqual(JSON.parse(text));
  });
});
