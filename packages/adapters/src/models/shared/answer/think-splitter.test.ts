import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ThinkSplitter } from "./think-splitter.ts";

interface Split {
  reasoning: string;
  text: string;
}

function split(pieces: readonly string[], implied = false): Split {
  const splitter = new ThinkSplitter(implied);
  const parts = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.flush()];
  const joined = (type: string): string => parts.map((part) => (part.type === type ? part.text : "")).join("");
  return { reasoning: joined("reasoning"), text: joined("text") };
}

describe("ThinkSplitter", () => {
  it.each<[string, string, Split]>([
    ["thoughts at the beginning", "<think>\nWell.\n</think>\n\nYes.", { reasoning: "Well.\n", text: "Yes." }],
    ["thoughts after white space", "\n <think>Well.</think>Yes.", { reasoning: "Well.", text: "Yes." }],
    ["empty thoughts", "<think>\n\n</think>\n\nYes.", { reasoning: "", text: "Yes." }],
    ["thoughts that do not end", "<think>Well, if", { reasoning: "Well, if", text: "" }],
    ["thoughts that end within their tag", "<think>Well.</thi", { reasoning: "Well.</thi", text: "" }],
    ["no thoughts", "  Yes.", { reasoning: "", text: "  Yes." }],
    ["no more than the beginning of a tag", "<thi", { reasoning: "", text: "<thi" }],
    ["a tag that the text talks of", "Write <think>x</think>.", { reasoning: "", text: "Write <think>x</think>." }],
    ["a second pair", "<think>a</think>b<think>c</think>", { reasoning: "a", text: "b<think>c</think>" }],
    ["a tag within the thoughts", "<think>a <think> b</think>c", { reasoning: "a <think> b", text: "c" }],
    ["another tag", "<thinker>a", { reasoning: "", text: "<thinker>a" }],
    ["nothing", "", { reasoning: "", text: "" }],
    ["white space", " \n", { reasoning: "", text: " \n" }],
  ])("splits an answer with %s", (_, answer, parts) => {
    expect(split([answer])).toEqual(parts);
  });

  it.each<[string, string, Split]>([
    ["only the closing tag", "Well.</think>\nYes.", { reasoning: "Well.", text: "Yes." }],
    ["both tags all the same", "\n<think>\nWell.</think>Yes.", { reasoning: "Well.", text: "Yes." }],
    ["no tag", "Well", { reasoning: "Well", text: "" }],
  ])("begins within the thoughts where they are implied, with %s", (_, answer, parts) => {
    expect(split([answer], true)).toEqual(parts);
  });

  it("gives out text as soon as it cannot be a tag", () => {
    const splitter = new ThinkSplitter(false);
    expect([splitter.push("<thin"), splitter.push("g>")]).toEqual([[], [{ type: "text", text: "<thing>" }]]);
  });

  it("does not wait without end for a tag behind white space", () => {
    expect(new ThinkSplitter(false).push(" ".repeat(1000))).toEqual([{ type: "text", text: " ".repeat(1000) }]);
  });

  it("gives the same in whatever pieces the answer arrives", () => {
    const words = fc.constantFrom("<think>", "</think>", "<", "think>", "/", " ", "\n", "a", "</thin", "Yes.");
    const cuts = fc.array(fc.nat({ max: 60 }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), cuts, fc.boolean(), (parts, places, implied) => {
        const answer = parts.join("");
        const sorted = [0, ...places, answer.length].sort((a, b) => a - b);
        const pieces = sorted.slice(1).map((end, index) => answer.slice(sorted[index], end));
        expect(split(pieces, implied)).toEqual(split([answer], implied));
      }),
    );
  });
});
