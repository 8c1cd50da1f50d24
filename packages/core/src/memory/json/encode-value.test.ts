import { describe, expect, it } from "vitest";
import { MediaRef } from "../../media/media-ref.ts";
import { MemoryError } from "../memory-error.ts";
import { decodeValue, encodeValue } from "./encode-value.ts";

describe("an encoded value", () => {
  it.each<[string, unknown, unknown]>([
    ["null", null, null],
    ["a text", "a", "a"],
    ["a number", 1.5, 1.5],
    ["a list", [1, [2]], [1, [2]]],
    ["an object", { a: { b: true } }, { a: { b: true } }],
    ["undefined", undefined, { $type: "undefined" }],
    ["NaN", Number.NaN, { $type: "number", value: "NaN" }],
    ["-0", -0, { $type: "number", value: "-0" }],
    ["-Infinity", -Infinity, { $type: "number", value: "-Infinity" }],
    ["a big integer", 12n, { $type: "bigint", value: "12" }],
    ["a date", new Date(0), { $type: "date", value: "1970-01-01T00:00:00.000Z" }],
    ["a map", new Map([["a", undefined]]), { $type: "map", value: [["a", { $type: "undefined" }]] }],
    ["a set", new Set([1n]), { $type: "set", value: [{ $type: "bigint", value: "1" }] }],
    ["bytes", Uint8Array.of(255), { $type: "bytes", value: "/w==" }],
    ["an object with a mark", { $type: "set" }, { $type: "object", value: { $type: "set" } }],
  ])("of %s is plain JSON, and is decoded to the same", (_title, value, json) => {
    expect(encodeValue(value)).toStrictEqual(json);
    expect(decodeValue(encodeValue(value))).toStrictEqual(value);
  });

  it("of media holds the bytes, or the address, and never a way to load", () => {
    const options = { mediaType: "image/png", name: "a.png" };
    expect(encodeValue(MediaRef.fromBytes(Uint8Array.of(1), options))).toEqual({
      $type: "media",
      ...options,
      data: "AQ==",
    });
    const load = (): Promise<Uint8Array> => Promise.resolve(Uint8Array.of(1));
    expect(encodeValue(MediaRef.fromUrl("https://example.org/a.png", { ...options, load }))).toEqual({
      $type: "media",
      ...options,
      url: "https://example.org/a.png",
    });
  });

  it("with a mark that is not known stands for itself", () => {
    expect(decodeValue({ $type: "planet", value: 1 })).toEqual({ $type: "planet", value: 1 });
  });

  it.each([
    [{ $type: "bigint", value: "1.5" }, "BigInt"],
    [{ $type: "map", value: 5 }, "needs a list"],
    [{ $type: "map", value: [5] }, "entry object"],
    [{ $type: "set" }, "needs a list"],
    [{ $type: "bytes", value: "?" }, /encoded|character/i],
    [{ $type: "media", mediaType: "none" }, "media"],
    [{ $type: "media", mediaType: "image/png", url: "file:///etc/passwd" }, "address"],
  ])("that is broken, as %j, throws", (json, message) => {
    expect(() => decodeValue(json)).toThrow(message);
  });

  it("that cannot be says where it stands", () => {
    const refusal = (): unknown => encodeValue({ a: [1, { b: Symbol("x") }] }, "answer");
    expect(refusal).toThrow(MemoryError);
    expect(refusal).toThrow("answer/a/1/b is a symbol");
  });
});
