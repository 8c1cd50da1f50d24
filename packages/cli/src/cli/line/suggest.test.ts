import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { didYouMean, suggest } from "./suggest.ts";

const commands = ["push", "pull", "pack", "info", "install", "init", "update", "outdated", "deprecate", "search"];

describe("suggest", () => {
  it.each([
    ["psuh", ["push"]],
    ["pul", ["pull"]],
    ["instal", ["install"]],
    ["udpate", ["update"]],
    ["INFO", ["info"]],
    ["deprecated", ["deprecate"]],
    ["inst", ["install"]],
    ["serach", ["search"]],
    ["frobnicate", []],
    ["x", []],
    ["", []],
  ])("finds for %j %j", (typed, meant) => {
    expect(suggest(typed, commands)).toEqual(meant);
  });

  it("finds the nearest names only, and at most three of them", () => {
    expect(suggest("cat", ["car", "cap", "cab", "can", "dog"])).toHaveLength(3);
    expect(suggest("pushx", ["push", "pushes"])).toEqual(["push"]);
  });

  it("finds every name by itself, and with two letters swapped", () => {
    const name = fc.stringMatching(/^[a-z]{4,12}$/);
    fc.assert(
      fc.property(name, fc.nat(), (word, place) => {
        const at = place % (word.length - 1);
        const swapped = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
        expect(suggest(word, [word, "something-else"])).toEqual([word]);
        expect(suggest(swapped, [word])).toEqual([word]);
      }),
    );
  });

  it("makes a sentence of it, or none", () => {
    expect(didYouMean("--jsn", ["--json", "--hub"])).toBe(" Did you mean --json?");
    expect(didYouMean("--frobnicate", ["--json"])).toBe("");
  });
});
