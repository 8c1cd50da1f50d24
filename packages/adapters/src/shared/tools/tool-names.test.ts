import { toolNameProblem } from "@smoltools/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identifierFor, toolNames } from "./tool-names.ts";

const names = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ minLength: 60, maxLength: 200 }),
  fc.constantFrom("class", "None", "fetch", "finalAnswer", "__proto__", "constructor", "", "_", "9", "a-b", "a b"),
);

describe("a name for a tool", () => {
  it.each([
    ["get_weather", "get_weather"],
    ["get-weather", "get_weather"],
    ["weather.get now", "weather_get_now"],
    ["2fa", "_2fa"],
    ["", "_"],
    ["wetter_für_köln", "wetter_f_r_k_ln"],
    ["😀", "_"],
    ["delete", "delete_"],
    ["lambda", "lambda_"],
    ["fetch", "fetch_"],
    ["finalAnswer", "finalAnswer_"],
  ])("of %j is %j", (name, expected) => {
    expect(identifierFor(name)).toBe(expected);
  });

  it("that is too long is cut, and two that begin alike stay apart", () => {
    const [one, other] = [identifierFor(`${"a".repeat(80)}1`), identifierFor(`${"a".repeat(80)}2`)];
    expect(one).toMatch(/^a{55}_[0-9a-z]{7}$/);
    expect(one).not.toBe(other);
  });

  it("is one that a tool can have, whatever it is made from", () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(toolNameProblem(identifierFor(name))).toBeUndefined();
      }),
    );
  });

  it("is the same when it is made again from itself", () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(identifierFor(identifierFor(name))).toBe(identifierFor(name));
      }),
    );
  });

  it("that is good already stays what it is", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z_][a-z0-9_]{0,62}$/), (name) => {
        fc.pre(toolNameProblem(name) === undefined);
        expect(identifierFor(name)).toBe(name);
      }),
    );
  });
});

describe("the names of a source's tools", () => {
  it("are in the order of its own names", () => {
    const apart = fc.uniqueArray(names, { selector: identifierFor });
    fc.assert(
      fc.property(apart, (originals) => {
        expect(toolNames("s", originals)).toEqual(originals.map(identifierFor));
      }),
    );
  });

  it("are refused wherever two meet", () => {
    fc.assert(
      fc.property(fc.array(names), names, fc.nat(), (others, name, at) => {
        const originals = [...others, name].toSpliced(at % (others.length + 1), 0, name);
        expect(() => toolNames("s", originals)).toThrow(expect.objectContaining({ code: "SOURCE_TOOL_INVALID" }));
      }),
    );
  });

  it("begin with the prefix", () => {
    expect(toolNames("s", ["get-issue", "delete"], { prefix: "github-" })).toEqual([
      "github_get_issue",
      "github_delete",
    ]);
  });

  it("are those of rename where it has one", () => {
    expect(toolNames("s", ["a", "b"], { prefix: "p_", rename: { b: "second" } })).toEqual(["p_a", "second"]);
  });

  it("that would meet are refused with both of the source's names and the way out", () => {
    expect(() => toolNames("the server", ["get-x", "get x"])).toThrow(
      expect.objectContaining({
        code: "SOURCE_TOOL_INVALID",
        message:
          'the server has the tools "get-x" and "get x", which would both be called get_x here: give one of them ' +
          'another name with the option rename, such as { "get x": "get_x_2" }',
        data: { source: "the server", tools: ["get-x", "get x"] },
      }),
    );
  });

  it("that would meet do not when one is renamed", () => {
    expect(toolNames("s", ["get-x", "get x"], { rename: { "get x": "get_other_x" } })).toEqual([
      "get_x",
      "get_other_x",
    ]);
  });

  it("that are the same twice are refused", () => {
    expect(() => toolNames("s", ["a", "a"])).toThrow('s has two tools named "a"');
  });

  it("are refused where rename gives one that is none", () => {
    expect(() => toolNames("s", ["a"], { rename: { a: "my tool" } })).toThrow("the option rename gives");
  });
});
