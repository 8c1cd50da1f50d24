import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../../schema/json-schema.ts";
import { renderDeclarations } from "./render-declarations.ts";
import { maxResultTypeLength, withShortResult } from "./short-result.ts";

const fields = (count: number, of: JsonSchema): JsonSchema => ({
  type: "object",
  properties: Object.fromEntries(Array.from({ length: count }, (_, n) => [`field${n}`, of])),
  required: ["field0"],
});

const noInput = { type: "object", additionalProperties: false } as const;

function declared(outputSchema: JsonSchema): string {
  const tool = { name: "look", description: "Looks.", inputSchema: noInput, outputSchema };
  return renderDeclarations([withShortResult(tool)]);
}

describe("the result of a tool in a prompt", () => {
  it("is shown whole where it is short", () => {
    const tool = { name: "look", description: "Looks.", inputSchema: noInput };
    const short = { ...tool, outputSchema: fields(5, { type: "string", description: "A word." }) };
    expect(withShortResult(short)).toBe(short);
    expect(withShortResult(tool)).toBe(tool);
  });

  it("loses its descriptions before its fields", () => {
    const text = declared(fields(25, { type: "string", description: "A word of this result, of many of them." }));
    expect(text).toContain("field24?: string");
    expect(text).not.toContain("A word");
    expect(text).toContain("print a part of it to see more");
  });

  it("ends at the level at which it is short enough", () => {
    expect(declared(fields(3, fields(5, fields(20, { type: "number" }))))).toBe(
      `// Looks. Returns: (not all of its type is shown: print a part of it to see more)
function look(): Promise<${"{ field0: INNER; field1?: INNER; field2?: INNER }".replaceAll(
        "INNER",
        "{ field0: unknown; field1?: unknown; field2?: unknown; field3?: unknown; field4?: unknown }",
      )}>;`,
    );
  });

  it("shows the first fields of very many, and that there are more", () => {
    const text = declared(fields(200, { type: "string" }));
    expect(text).toContain("field19?: string; [key: string]: unknown }");
    expect(text).not.toContain("field20");
  });

  it("keeps what it says of itself, with lists and choices", () => {
    const row = fields(120, { type: "string" });
    const list = declared({ type: "array", items: row, description: "The rows." });
    expect(list).toContain("// Looks. Returns: The rows. (not all of its type is shown");
    expect(list).toMatch(/field19\?: string; \[key: string\]: unknown \}\[\]>;$/);
    expect(declared({ anyOf: [row, { type: "null" }] })).toMatch(/unknown \} \| null>;$/);
  });

  it("follows references, and ends where a type is within itself", () => {
    const node: JsonSchema = {
      type: "object",
      properties: { id: { type: "string" }, next: { $ref: "#/$defs/Node" }, long: fields(90, { type: "string" }) },
    };
    const text = declared({ $defs: { Node: node }, type: "array", items: { $ref: "#/$defs/Node" } });
    expect(text).toContain("Promise<{ id?: string; next?: unknown; long?: unknown }[]>;");
  });

  it("is found quickly in a schema whose references multiply", () => {
    const level = (n: number): JsonSchema => fields(10, n === 0 ? { type: "string" } : { $ref: `#/$defs/L${n - 1}` });
    const $defs = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`L${n}`, level(n)]));
    const text = declared({ $defs, $ref: "#/$defs/L11" });
    expect(text.length).toBeLessThan(maxResultTypeLength + 300);
  });
});
