import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StopCutter } from "./stop-cutter.ts";

/** Feeds pieces up to the stop text; gives what was passed on, piece by piece. */
function cut(stops: readonly string[], pieces: readonly string[]): { passed: string[]; stopped: boolean } {
  const cutter = new StopCutter(stops);
  const passed: string[] = [];
  for (const piece of pieces) {
    const { text, stopped } = cutter.push(piece);
    passed.push(text);
    if (stopped) return { passed, stopped };
  }
  passed.push(cutter.flush());
  return { passed, stopped: false };
}

/** What a reader of the whole text would do. */
function reference(stops: readonly string[], text: string): string {
  for (let end = 1; end <= text.length; end++) {
    const starts = stops
      .filter((stop) => stop !== "" && text.slice(0, end).endsWith(stop))
      .map((stop) => end - stop.length);
    if (starts.length > 0) return text.slice(0, Math.min(...starts));
  }
  return text;
}

describe("StopCutter", () => {
  it.each<[string, string[], string[], string[], boolean]>([
    ["a stop text within a piece", ["</code>"], ["let x;</code> tail"], ["let x;"], true],
    ["a stop text split over pieces", ["</code>"], ["let x;</", "co", "de>", "tail"], ["let x;", "", ""], true],
    ["a beginning that turns out to be none", ["</code>"], ["a</", "b>c"], ["a", "</b>c", ""], false],
    ["a beginning at the very end", ["</code>"], ["a</co"], ["a", "</co"], false],
    ["a stop text that begins again within itself", ["aab"], ["aa", "ab", "x"], ["", "a"], true],
    ["the stop text that is complete first", ["Observation:", "\n\n"], ["x\n", "\nObservation:"], ["x", ""], true],
    ["the longer of two that end together", ["bc", "abc"], ["zabc"], ["z"], true],
    ["no stop text", ["stop"], ["one ", "two"], ["one ", "two", ""], false],
    ["empty stop texts, which never match", [""], ["one"], ["one", ""], false],
  ])("handles %s", (_, stops, pieces, passed, stopped) => {
    expect(cut(stops, pieces)).toEqual({ passed, stopped });
  });

  it("cuts the same from any pieces", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 0, maxLength: 4 });
    const text = fc.array(letters, { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 3 }), text, (stops, pieces) => {
        expect(cut(stops, pieces).passed.join("")).toBe(reference(stops, pieces.join("")));
      }),
      { numRuns: 2000 },
    );
  });
});
