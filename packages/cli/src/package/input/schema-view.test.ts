import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { accepts, alternatives } from "./schema-view.ts";

describe("the alternatives of a schema", () => {
  it("are those of what it refers to, each once", () => {
    const root: JsonSchemaObject = {
      $defs: {
        tree: { anyOf: [{ type: "string" }, { type: "array", items: { $ref: "#/$defs/tree" } }] },
      },
    };
    expect(alternatives({ $ref: "#/$defs/tree" }, root).map(({ type }) => type)).toEqual(["string", "array"]);
    expect(accepts({ $ref: "#/$defs/tree" }, "number", root)).toBe(false);
  });

  it("are not looked for without end, where choices are of choices", () => {
    const level = (index: number): [string, JsonSchema] => [
      `level${index}`,
      { anyOf: Array.from({ length: 10 }, () => ({ $ref: `#/$defs/level${index + 1}` })) },
    ];
    const $defs = Object.fromEntries([level(0), level(1), level(2), level(3), level(4), ["level5", { type: "null" }]]);
    expect(alternatives({ $ref: "#/$defs/level0" }, { $defs }).length).toBeLessThan(5000);
  });
});
