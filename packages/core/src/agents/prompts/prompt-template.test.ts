import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileTemplate } from "./prompt-template.ts";

const render = (template: string, values: Record<string, string>): string =>
  compileTemplate(template, "test", Object.keys(values))(values);

describe("a template", () => {
  it.each([
    ["no gap", {}, "no gap"],
    ["{{a}}", { a: "x" }, "x"],
    ["{{ a }} and {{a}}", { a: "x" }, "x and x"],
    ["{{a}}{{b}}", { a: "x", b: "y" }, "xy"],
    ["{a} { {a}}", { a: "x" }, "{a} { {a}}"],
    ["{{{a}}}", { a: "x" }, "{x}"],
    ["{{a}}", { a: "$& {{a}} $1" }, "$& {{a}} $1"],
    ["{{a}}", { a: "" }, ""],
  ])("%j with %j is %j", (template, values, text) => {
    expect(render(template, values as Record<string, string>)).toBe(text);
  });

  it.each(["{{b}}", "{{}}", "{{ }}", "{{a b}}", "{{a.b}}", "{{toString}}", "{{A}}"])(
    "%j names a value that there is not, and is refused",
    (template) => {
      expect(() => render(template, { a: "x" })).toThrow(/prompts\.test uses .* may use \{\{a\}\}/);
    },
  );

  it("that is a function is called with the values", () => {
    expect(compileTemplate(({ a }: { a: string }) => a.toUpperCase(), "test", ["a"])({ a: "x" })).toBe("X");
  });

  it("keeps every text that has no braces", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes("{")),
        (text) => {
          expect(render(text, { a: "x" })).toBe(text);
        },
      ),
    );
  });
});
