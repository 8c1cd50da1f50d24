import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { headerText, type ParameterStyle, pathText, queryPairs, styleOf } from "./parameter-style.ts";

const list = ["blue", "black", "brown"];
const object = { R: 100, G: 200, B: 150 };

function style(name: ParameterStyle["style"], explode: boolean, allowReserved = false): ParameterStyle {
  return { style: name, explode, allowReserved };
}

function query(value: unknown, chosen: ParameterStyle, name = "color"): string {
  return queryPairs(name, value, chosen)
    .map(([key, text]) => `${key}=${text}`)
    .join("&");
}

// The table of OpenAPI 3.1.1, "Style Examples".
describe("a parameter in the path", () => {
  it.each<[ParameterStyle["style"], boolean, unknown, string]>([
    ["matrix", false, "", ";color"],
    ["matrix", false, "blue", ";color=blue"],
    ["matrix", false, list, ";color=blue,black,brown"],
    ["matrix", false, object, ";color=R,100,G,200,B,150"],
    ["matrix", true, list, ";color=blue;color=black;color=brown"],
    ["matrix", true, object, ";R=100;G=200;B=150"],
    ["label", false, "", "."],
    ["label", false, "blue", ".blue"],
    ["label", false, list, ".blue,black,brown"],
    ["label", false, object, ".R,100,G,200,B,150"],
    ["label", true, list, ".blue.black.brown"],
    ["label", true, object, ".R=100.G=200.B=150"],
    ["simple", false, "blue", "blue"],
    ["simple", false, list, "blue,black,brown"],
    ["simple", false, object, "R,100,G,200,B,150"],
    ["simple", true, list, "blue,black,brown"],
    ["simple", true, object, "R=100,G=200,B=150"],
    ["simple", false, 3.5, "3.5"],
    ["simple", false, true, "true"],
  ])("of the style %s (explode: %j) writes %j as %s", (name, explode, value, expected) => {
    expect(pathText("color", value, style(name, explode))).toBe(expected);
  });
});

describe("a parameter in the query", () => {
  it.each<[ParameterStyle["style"], boolean, unknown, string]>([
    ["form", false, "", "color="],
    ["form", false, "blue", "color=blue"],
    ["form", false, list, "color=blue,black,brown"],
    ["form", false, object, "color=R,100,G,200,B,150"],
    ["form", true, list, "color=blue&color=black&color=brown"],
    ["form", true, object, "R=100&G=200&B=150"],
    ["form", true, [], ""],
    ["form", false, [], ""],
    ["form", false, {}, ""],
    ["spaceDelimited", false, list, "color=blue%20black%20brown"],
    ["spaceDelimited", false, object, "color=R%20100%20G%20200%20B%20150"],
    ["spaceDelimited", true, list, "color=blue&color=black&color=brown"],
    ["pipeDelimited", false, list, "color=blue%7Cblack%7Cbrown"],
    ["deepObject", true, object, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"],
    ["deepObject", true, { a: { b: 1 }, c: [2, 3] }, "color%5Ba%5D%5Bb%5D=1&color%5Bc%5D%5B%5D=2&color%5Bc%5D%5B%5D=3"],
    ["deepObject", true, "blue", "color=blue"],
    ["form", true, null, "color="],
    ["form", true, [{ a: 1 }], "color=%7B%22a%22%3A1%7D"],
  ])("of the style %s (explode: %j) writes %j as %s", (name, explode, value, expected) => {
    expect(query(value, style(name, explode))).toBe(expected);
  });

  it("encodes all that means something in addresses", () => {
    expect(query("a&b=c#d+e/f?g%h ä!'()*", style("form", true), "the key")).toBe(
      "the%20key=a%26b%3Dc%23d%2Be%2Ff%3Fg%25h%20%C3%A4%21%27%28%29%2A",
    );
  });

  it("leaves reserved characters where the document says so, but for those that end it", () => {
    expect(query("a/b?c=d&e#f+g%h", style("form", true, true))).toBe("color=a/b?c=d%26e%23f%2Bg%25h");
  });

  it("is read back as it was, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary", minLength: 1 }), (value, name) => {
        fc.pre(value.isWellFormed() && name.isWellFormed());
        expect([...new URLSearchParams(query(value, style("form", true), name))]).toEqual([[name, value]]);
      }),
    );
  });
});

describe("a parameter in a header", () => {
  it.each([
    ["blue", "blue"],
    [list, "blue,black,brown"],
    [object, "R,100,G,200,B,150"],
    ["a b/c", "a b/c"],
  ])("writes %j as %s", (value, expected) => {
    expect(headerText(value, style("simple", false))).toBe(expected);
  });
});

describe("the style of a parameter", () => {
  it.each([
    ["path", {}, style("simple", false)],
    ["query", {}, style("form", true)],
    ["query", { style: "spaceDelimited" }, style("spaceDelimited", false)],
    ["query", { style: "deepObject" }, style("deepObject", true)],
    ["query", { allowReserved: true, explode: false }, style("form", false, true)],
    ["header", {}, style("simple", false)],
    ["cookie", {}, style("form", true)],
    ["path", { allowReserved: true }, style("simple", false)],
  ] as const)("in the %s that says %j is %j", (place, object, expected) => {
    expect(styleOf("p", place, object)).toEqual(expected);
  });

  it("is refused where it does not exist", () => {
    expect(() => styleOf("p", "header", { style: "deepObject" })).toThrow("unknown style");
  });
});
