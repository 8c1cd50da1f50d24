import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseStrictJson } from "./parse-strict-json.ts";

describe("parseStrictJson", () => {
  it("reads whatever JSON.stringify writes", () => {
    const json = fc
      .jsonValue({ noUnicodeString: false })
      .filter((value) => !JSON.stringify(value).includes("__proto__"));
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 2), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['{"a":1,"a":2}', 'the key "a" stands twice'],
    ['{"a":1,"\\u0061":2}', 'the key "a" stands twice'],
    ['[{"x":{"b":[1],"b":[]}}]', 'the key "b" stands twice'],
    ['{"a":"}","b":{"c":"\\"","d":1,"c":2}}', 'the key "c" stands twice'],
    ['{"__proto__":{}}', "__proto__"],
    ['{"a":[{"\\u005f_proto__":1}]}', "__proto__"],
    ["[".repeat(300) + "]".repeat(300), "deeper than"],
    ["{", "JSON"],
    ["", "JSON"],
    ['{"a":1} x', "JSON"],
  ])("refuses %s", (text, why) => {
    expect(() => parseStrictJson(text)).toThrow(why);
    expect(() => parseStrictJson(text)).toThrow(SyntaxError);
  });

  it.each([
    '[{"a":1},{"a":2}]',
    '{"a":{"a":{"a":"a"}}}',
    '{"a":"a","b":"a"}',
    '{"constructor":1,"prototype":2}',
    '["a","a"]',
    '"a"',
    '{"":1}',
    '{"a":"\\\\","b":"\\\\\\""}',
  ])("accepts %s", (text) => {
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });

  it("finds the second of two keys wherever it stands", () => {
    const key = fc.string({ unit: "binary" }).filter((text) => text !== "__proto__" && text !== "other");
    // That key is refused for what it is, before the second of the two is reached.
    const value = fc.jsonValue().filter((json) => !JSON.stringify(json).includes("__proto__"));
    fc.assert(
      fc.property(key, value, value, (name, first, second) => {
        const pair = (value: unknown) => `${JSON.stringify(name)}:${JSON.stringify(value)}`;
        expect(() => parseStrictJson(`{"other":[],${pair(first)},${pair(second)}}`)).toThrow("stands twice");
      }),
    );
  });
});
