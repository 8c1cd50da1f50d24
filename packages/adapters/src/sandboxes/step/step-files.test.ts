import { describe, expect, test } from "vitest";
import { originElsewhere, placeInStep, stepFiles } from "./step-files.ts";

const files = stepFiles(7);
const prefix = "module:";
/** As QuickJS writes stacks. */
const stacks = {
  own: "    at f (step-7-functions.js:3:5)\n    at <anonymous> (step-7.js:9:2)\n",
  ownBelowNative: "    at <input>:1:2\n    at parse (native)\n    at <anonymous> (step-7.js:9:2)\n",
  earlier: "    at early (step-1-functions.js:2:14)\n    at <anonymous> (step-7.js:9:2)\n",
  earlierArrow: "    at <anonymous> (step-12.js:4:1)\n",
  module: "    at g (module:lib/a@1:4:27)\n    at <anonymous> (step-7.js:9:2)\n",
  unparsed: "    at module:lib/(a) b:2:14\n",
  engine: "    at callHost (guest:calls:63:28)\n    at <anonymous> (module:x:7:31)\n",
  none: "",
};

describe("the place in the step is that of the innermost frame there:", () => {
  test.each<[keyof typeof stacks, object | undefined]>([
    ["own", { line: 3, column: 5 }],
    ["ownBelowNative", { line: 109, column: 2 }],
    ["earlier", { line: 109, column: 2 }],
    ["earlierArrow", undefined],
    ["module", { line: 109, column: 2 }],
    ["none", undefined],
  ])("%s", (name, place) => {
    const sourcePosition = ({ line, column }: { line: number; column: number }) => ({ line: line + 100, column });
    expect(placeInStep(stacks[name], files, { sourcePosition })).toEqual(place);
  });
});

describe("an origin elsewhere is the innermost frame that is the user's, unless it is in the step:", () => {
  test.each<[keyof typeof stacks, object | undefined]>([
    ["own", undefined],
    ["ownBelowNative", undefined],
    ["earlier", { name: "early", line: 2 }],
    ["earlierArrow", { line: 4 }],
    ["module", { module: "lib/a@1", name: "g", line: 4 }],
    ["unparsed", { module: "lib/(a) b", line: 2 }],
    ["engine", { module: "x", line: 7 }],
    ["none", undefined],
  ])("%s", (name, origin) => {
    expect(originElsewhere(stacks[name], files, prefix)).toEqual(origin);
  });
});

test.each<[what: string, stack: string]>([
  ["names without end", `at${" (".repeat(4000)}`],
  ["blank lines", "\n".repeat(2700) + `at${" (".repeat(2600)}`],
  ["places without end", `at a${":1".repeat(4000)}:`],
  ["digits without end", `at a:${"1".repeat(8000)}:`],
  ["many of them", `at async a (${":1".repeat(20)} \n`.repeat(160)],
])("a stack that is made to be hard to read is read at once: %s", (_what, stack) => {
  const startedAt = performance.now();
  expect(placeInStep(stack, files, { sourcePosition: (position) => position })).toBeUndefined();
  expect(originElsewhere(stack, files, prefix)).toBeUndefined();
  // Microseconds. What tries all ways to read it takes minutes.
  expect(performance.now() - startedAt).toBeLessThan(1000);
});

test("frames as V8 writes them are understood too", () => {
  const stack =
    "Error: x\n    at early (step-1.js:2:14)\n    at async step-7.js:9:2\n    at async Guest.run (file:///g.js:1:2)";
  expect(originElsewhere(stack, files, prefix)).toEqual({ name: "early", line: 2 });
  expect(placeInStep(stack, files, { sourcePosition: (position) => position })).toEqual({ line: 9, column: 2 });
});
