import { describe, expect, it } from "vitest";
import { requirementNames } from "./requirement-names.ts";

describe("the names in a requirements.txt", () => {
  it.each([
    ["beautifulsoup4==4.12\r\nlxml>=5 # fast\nsmolagents\n", ["beautifulsoup4", "lxml"]],
    ["gradio[mcp]\npillow ; python_version > '3.9'\nx @ https://example.com/x.whl", ["gradio", "pillow", "x"]],
    ["# a comment\n\n-r other.txt\n--index-url https://example.com\n./local", []],
    ["numpy\nnumpy\nSmolAgents", ["numpy"]],
    ["\u001b[31mred\n<b>x</b>\na b", []],
    ["", []],
  ])("of %j are %j", (text, names) => {
    expect(requirementNames(text)).toEqual(names);
  });

  it("are twenty at most", () => {
    expect(requirementNames(Array.from({ length: 100 }, (_, i) => `package${i}`).join("\n"))).toHaveLength(20);
  });
});
