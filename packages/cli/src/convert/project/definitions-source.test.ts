import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveSource } from "../../derive/index.ts";
import type { Conversion } from "../conversion.ts";
import { definitionsSource } from "./definitions-source.ts";
import { literal } from "./literal.ts";

describe("a JSON value as JavaScript", () => {
  it("is the value, whatever it is, on lines that are not too long where they need not be", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(8), (value, indent) => {
        const text = literal(value, indent);
        expect(JSON.stringify(new Function(`return (${text});`)())).toBe(JSON.stringify(value));
        expect(text).not.toMatch(/[\u007f-\u009f\u2028\u2029\u202e]/);
      }),
    );
  });

  it.each([
    [JSON.parse('{"__proto__":1,"a-b":2,"class":3}'), '{ ["__proto__"]: 1, "a-b": 2, class: 3 }'],
    ["\u202e\u2028", String.raw`"\u202e\u2028"`],
    [{ a: undefined, b: [] }, "{ b: [] }"],
  ])("of %j is %s", (value, expected) => {
    expect(literal(value)).toBe(expected);
  });
});

describe("the file of definitions", () => {
  const conversion: Conversion = {
    suggestedName: "a",
    description: "A.",
    source: { kind: "space", space: "acme/a" },
    tools: [],
    permissions: { net: ["a.example"], env: ["KEY"], run: [] },
    modules: {},
    imports: () => ['import { callThem } from "../client.js";'],
    warnings: [],
  };

  it("declares exactly what the source declared, however it is called and whatever it says", async () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string"},"x y":{"default":"*/`${1}"}}}',
    );
    const declared = { description: ' "\\`${1}`\n*/ \u202e ', inputSchema: schema, body: "return callThem(input);" };
    const names = ["tool", "callThem", "plain", "toolTool"];
    const tools = names.map((name) => Object.assign({ name }, declared));
    const text = definitionsSource({ ...conversion, tools }, "/project");
    const derived = await deriveSource(text, { fileName: "tools.js" });
    expect(derived.problems).toEqual([]);
    expect(derived.tools).toHaveLength(4);
    for (const [index, { name, description, inputSchema, permissions, outputSchema }] of derived.tools.entries()) {
      expect([name, description, outputSchema]).toEqual([tools[index]?.name, declared.description, undefined]);
      expect(JSON.stringify(inputSchema)).toBe(JSON.stringify(schema));
      expect(permissions).toMatchObject({ net: ["a.example"], env: ["KEY"] });
    }
  });
});
