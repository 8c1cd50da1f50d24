import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MediaRef } from "../../media/media-ref.ts";
import { valueText } from "./value-text.ts";

const ring: { self?: unknown } = {};
ring.self = ring;
const twice = { a: 1 };

describe("valueText", () => {
  it.each<[what: string, value: unknown, text: string]>([
    ["a text with quotes", 'say "hi"\n', String.raw`"say \"hi\"\n"`],
    ["nothing", undefined, "undefined"],
    ["a negative zero", -0, "-0"],
    ["a number that is none", Number.NaN, "NaN"],
    ["a big integer", 12n, "12n"],
    ["a symbol", Symbol("s"), "Symbol(s)"],
    ["a function", () => 1, "(function)"],
    ["bytes", new Uint8Array([1, 255]), "Uint8Array of 2 bytes <01 ff>"],
    ["many bytes", new Uint8Array(20), `Uint8Array of 20 bytes <${"00 ".repeat(16)}…>`],
    ["a buffer", new ArrayBuffer(1), "ArrayBuffer of 1 bytes <00>"],
    ["a date", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["a date that is none", new Date(Number.NaN), "(invalid date)"],
    ["an error", new TypeError("No\nway"), String.raw`TypeError: No\nway`],
    ["a map", new Map([["k", 1]]), 'Map {"k" => 1}'],
    ["a set", new Set([1, "a"]), 'Set [1,"a"]'],
    ["an instance of a class", new (class Point { x = 1 })(), 'Point {"x":1}'], // prettier-ignore
    ["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    ["a value that contains itself", ring, '{"self":(itself)}'],
    ["a value that is there twice", [twice, twice], '[{"a":1},{"a":1}]'],
    [
      "media",
      MediaRef.fromBytes(new Uint8Array(3), { mediaType: "image/png", name: "a.png" }),
      "(image/png, a.png, 3 bytes)",
    ],
    ["media elsewhere", MediaRef.fromUrl("https://a.b/c", { mediaType: "audio/wav" }), "(audio/wav, https://a.b/c)"],
    ["a getter that throws", { get a(): never { throw new Error("no"); } }, '{"a":(not readable)'], // prettier-ignore
    ["an escape sequence in a key", { "\u001b\u202e": "\u009b" }, String.raw`{"\u001b\u202e":"\x9b"}`],
  ])("shows %s", (_, value, text) => {
    expect(valueText(value, 200)).toBe(text);
  });

  it("shows JSON as JSON", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (json) => {
        const value: unknown = JSON.parse(json);
        const text = valueText(value, 1_000_000);
        fc.pre(JSON.stringify(value) === JSON.stringify(value).normalize() && !/[^ -~]/.test(text));
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("shows anything, on one line of about the length that is allowed", () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
    });
    fc.assert(
      fc.property(anything, (value) => {
        const text = valueText(value, 50);
        // An escape such as `\u{e0041}` stands for one or two of the characters that are counted.
        expect(text.length).toBeLessThanOrEqual(50 * 6);
        expect(text).not.toContain("\n");
      }),
    );
  });

  it("looks at no more of a value than it shows", () => {
    let read = 0;
    const list = new Proxy([], {
      get: (_, key) => (key === Symbol.iterator ? endless : Reflect.get([], key)),
    });
    function* endless(): Generator<number> {
      for (;;) yield read++;
    }
    expect(valueText(list, 20)).toBe("[0,1,2,3,4,5,6,7,8,…");
    expect(read).toBeLessThan(15);
  });
});
