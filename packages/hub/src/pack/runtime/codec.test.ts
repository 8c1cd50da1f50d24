import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, encode, readBlobs } from "./codec.ts";

const at = (name: string, more: object = {}) => ({ type: "string", "x-ts": name, ...more });
const day = "2026-01-02T03:04:05.000Z";

describe("decode and encode", () => {
  const rows: [name: string, schema: object, json: unknown, value: unknown][] = [
    ["Date", at("Date"), day, new Date(day)],
    ["URL", at("URL"), "https://example.com/x", new URL("https://example.com/x")],
    ["RegExp", at("RegExp"), "^a+$", /^a+$/],
    ["bigint", at("bigint"), "-12345678901234567890", -12_345_678_901_234_567_890n],
    ["Uint8Array", at("Uint8Array"), "AP8=", Uint8Array.from([0, 255])],
    ["ArrayBuffer", at("ArrayBuffer"), "AP8=", Uint8Array.from([0, 255]).buffer],
    ["Buffer", at("Buffer"), "AP8=", Buffer.from([0, 255])],
    ["Set", { type: "array", items: at("Date"), "x-ts": "Set" }, [day], new Set([new Date(day)])],
    ["Map with text keys", { type: "object", additionalProperties: at("Date"), "x-ts": "Map" }, { a: day }, new Map([["a", new Date(day)]])], // prettier-ignore
    ["Map with other keys", { type: "array", items: { type: "array", prefixItems: [at("Date"), {}] }, "x-ts": "Map" }, [[day, 1]], new Map([[new Date(day), 1]])], // prettier-ignore
    ["recursive", { $ref: "#/$defs/N", $defs: { N: { type: "object", properties: { at: at("Date"), next: { $ref: "#/$defs/N" } } } } }, { at: day, next: { at: day } }, { at: new Date(day), next: { at: new Date(day) } }], // prettier-ignore
    ["allOf", { allOf: [{ properties: { a: at("Date") } }, { properties: { b: at("bigint") } }] }, { a: day, b: "1" }, { a: new Date(day), b: 1n }], // prettier-ignore
    ["a union with null", { anyOf: [at("Date"), { type: "null" }] }, day, new Date(day)],
    ["null in a union", { anyOf: [at("Date"), { type: "null" }] }, null, null],
    ["a property called like one of every object", { properties: { constructor: at("Date") } }, { constructor: day }, { constructor: new Date(day) }], // prettier-ignore
  ];
  it.each(rows)("convert %s", (_name, schema, json, value) => {
    expect(decode(schema, json)).toEqual(value);
    expect(encode(value, schema)).toEqual(json);
  });

  it("know an empty Map by its schema, and without one by its keys", () => {
    const entries = { type: "array", items: { type: "array", prefixItems: [{}, {}] }, "x-ts": "Map" };
    const schema = { anyOf: [{ type: "null" }, { $ref: "#/$defs/M" }], $defs: { M: entries } };
    expect(encode(new Map(), schema)).toEqual([]);
    expect(encode([new Map(), new Map([[1, 2]]), new Map([["a", 1n]])])).toEqual([{}, [[1, 2]], { a: "1" }]);
  });

  it("convert a Blob", async () => {
    const blob = decode(at("Blob"), "AP8=");
    expect(blob).toBeInstanceOf(Blob);
    expect(encode(await readBlobs({ list: [blob], day: new Date(day) }))).toEqual({ list: ["AP8="], day });
  });
});

describe("decode", () => {
  const tagged = {
    anyOf: [
      { type: "object", properties: { kind: { const: "day" }, at: at("Date") }, required: ["kind"] },
      { type: "object", properties: { kind: { enum: ["text"] }, at: { type: "string" } }, required: ["kind"] },
    ],
  };
  it("takes the branch of a union that the tag names", () => {
    expect(decode(tagged, { kind: "text", at: day })).toEqual({ kind: "text", at: day });
    expect(decode(tagged, { kind: "day", at: day })).toEqual({ kind: "day", at: new Date(day) });
  });

  it.each(["Date", "URL", "RegExp", "bigint", "Uint8Array"])("leaves a text that is no %s as it is", (name) => {
    const schema = { anyOf: [{ type: "string" }, at(name)] };
    expect(decode(schema, "(no such ***")).toBe("(no such ***");
  });

  it("leaves JSON as it is where no schema says otherwise", () => {
    const schema = fc.constantFrom<boolean | object>(true, {}, { items: {} }, { anyOf: [{ type: "object" }, {}] });
    fc.assert(
      fc.property(schema, fc.jsonValue(), (schema, json) => {
        expect(decode(schema, json)).toEqual(json);
        expect(encode(json, schema)).toEqual(json);
      }),
    );
  });
});
