import { MediaRef } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { Content, cut, boundedJson } from "./content.ts";

const ring: { self?: unknown } = {};
ring.self = ring;

describe("boundedJson", () => {
  it.each<[what: string, value: unknown, json: unknown]>([
    ["JSON", { a: [1, "b", null] }, { a: [1, "b", null] }],
    ["a big integer", { a: 1n }, { a: "1" }],
    ["bytes", [new Uint8Array(3), Buffer.from("secret"), new ArrayBuffer(2)], ["(3 bytes)", "(6 bytes)", "(2 bytes)"]],
    ["a map", new Map([["a", 1]]), [["a", 1]]],
    ["a set", new Set([1]), [1]],
    [
      "media",
      MediaRef.fromBytes(new Uint8Array(9), { mediaType: "image/png" }),
      { kind: "image", mediaType: "image/png", size: 9 },
    ],
    ["a value that contains itself", ring, "(a value that has no JSON form)"],
  ])("writes %s", (_, value, json) => {
    expect(JSON.parse(boundedJson(value))).toEqual(json);
  });

  it("survives a getter that throws", () => {
    const value = {
      get a(): never {
        throw new Error("no");
      },
    };
    expect(boundedJson(value)).toBe('"(a value that has no JSON form)"');
  });

  it("looks at no more than so much of a large value", () => {
    const large = Array.from({ length: 50 }, () => Array.from({ length: 10_000 }, () => "x".repeat(10)));
    expect(boundedJson(large).length).toBeLessThan(200_000);
  });
});

describe("Content", () => {
  it("says whether a value is text or JSON", () => {
    const content = new Content(true);
    expect(content.value("input", "hi")).toEqual({ "input.value": "hi", "input.mime_type": "text/plain" });
    expect(content.value("output", { a: 1 })).toEqual({
      "output.value": '{"a":1}',
      "output.mime_type": "application/json",
    });
  });

  it("does not call JSON what was cut", () => {
    const attributes = new Content(true).value("output", ["x".repeat(20_000), "y"]);
    expect(attributes["output.mime_type"]).toBe("text/plain");
  });

  it("has nothing for nothing, and nothing at all when it is not captured", () => {
    expect(new Content(true).value("output", undefined)).toEqual({});
    expect(new Content(false).value("output", "hi")).toEqual({});
  });
});

describe("cut", () => {
  it("says how much is missing, and splits no character", () => {
    const text = cut(`${"x".repeat(15_999)}😀${"y".repeat(10)}`);
    expect(text).toBe(`${"x".repeat(15_999)}… (12 characters left out)`);
  });
});
