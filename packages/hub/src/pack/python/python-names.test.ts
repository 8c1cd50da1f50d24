import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pythonClassName, pythonNames } from "./python-names.ts";
import { askPython } from "./test-support/python.ts";

describe("names in Python", () => {
  it.each([
    [
      ["city", "from"],
      ["city", "from_"],
    ],
    [
      ["from", "from_"],
      ["from__", "from_"],
    ],
    [
      ["max-rows", "max_rows"],
      ["max_rows_", "max_rows"],
    ],
    [
      ["self", "None", "1st", "__x", ""],
      ["self_", "None_", "p1st", "p__x", "p"],
    ],
    [
      ["_", "é", "ü"],
      ["_", "p_", "p__"],
    ],
    [
      ["größe", "a b"],
      ["gr__e", "a_b"],
    ],
  ])("of %j are %j", (keys, names) => {
    expect([...pythonNames(keys).values()]).toEqual(names);
  });

  it("are names that Python takes, no two the same, whatever the keys are", () => {
    const keys = fc.sample(
      fc.uniqueArray(fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[_é1]{0,3}$/)), { maxLength: 8 }),
      200,
    );
    const named = keys.map((each) => Array.from(pythonNames(each).values()));
    expect(named.every((names) => new Set(names).size === names.length)).toBe(true);
    const program =
      "import json, keyword, sys; print(json.dumps([n for n in json.load(sys.stdin) if not n.isidentifier() or keyword.iskeyword(n)]))";
    expect(askPython(program, named.flat())).toEqual([]);
  });

  it.each([
    ["get_weather", "GetWeatherTool"],
    ["simple", "SimpleTool_"],
    ["_", "Tool_"],
    ["_1", "Js1Tool"],
    ["parseCSV", "ParseCSVTool"],
  ])("of the class of %s is %s", (tool, name) => {
    expect(pythonClassName(tool)).toBe(name);
  });
});
