import { describe, expect, it } from "vitest";
import { thoughtOf } from "./thought-of.ts";

describe("thoughtOf", () => {
  it.each([
    ["tags", "I add.\n<code>\nadd(1)\n</code>"],
    ["a fence", "I add.\n```js\nadd(1)\n```"],
    ["a fence inside tags", "I add.\n<code>\n```\nadd(1)\n```\n</code>"],
    ["JSON", '{"thought": " I add. ", "code": "add(1)"}'],
  ])("gives what stands before code in %s", (_, answer) => {
    expect(thoughtOf(answer, "add(1)\n")).toBe("I add.");
  });

  it("gives nothing for an answer that is nothing but code", () => {
    expect(thoughtOf("add(1)", "add(1)")).toBe("");
  });

  it.each(["I add.\n<code>\nadd( 1 )", '{"thought": 1, "code": "add( 1 )"}', "{ not JSON"])(
    "gives all of %j, in which the code is not found",
    (answer) => {
      expect(thoughtOf(answer, "add(1)")).toBe(answer);
    },
  );
});
