import { describe, expect, it } from "vitest";
import type { JsonSchema, ObjectSchema } from "../../schema/json-schema.ts";
import { renderDeclarations } from "./render-declarations.ts";

const declare = (inputSchema: ObjectSchema, outputSchema?: JsonSchema, description = "Does it.") =>
  renderDeclarations([{ name: "act", description, inputSchema, outputSchema }]);

describe("renderDeclarations", () => {
  it("prints one parameter a line with its description behind it", () => {
    const text = declare(
      {
        type: "object",
        properties: {
          place: { type: "string", description: "Name of a place." },
          days: { type: "integer", description: "How many.", minimum: 1, maximum: 16, default: 3 },
        },
        required: ["place"],
        additionalProperties: false,
      },
      { type: "array", items: { type: "number" }, description: "One temperature per day." },
    );
    expect(text).toBe(
      [
        "// Does it. Returns: One temperature per day.",
        "function act(",
        "  place: string, // Name of a place.",
        "  days?: number, // How many. @integer @minimum 1 @maximum 16 @default 3",
        "): Promise<number[]>;",
      ].join("\n"),
    );
  });

  it("keeps a description inside its comment, whatever it holds", () => {
    const text = declare(
      {
        type: "object",
        properties: { a: { type: "string", description: "ends */ here\u2028and\r\nthere" } },
        additionalProperties: false,
      },
      undefined,
      "One.\n/* Two. */",
    );
    expect(text).toBe(
      "// One. /* Two. *\\/\nfunction act(\n  a?: string, // ends *\\/ here and there\n): Promise<unknown>;",
    );
  });

  it("prints an optional parameter in front of a required one as possibly undefined", () => {
    const text = declare({
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
      required: ["b"],
      additionalProperties: false,
    });
    expect(text).toContain("  a: string | undefined,\n  b: string,\n");
  });

  it("prints no parameters for a tool without input, and void for a null result", () => {
    const none: ObjectSchema = { type: "object", properties: {}, additionalProperties: false };
    expect(declare(none, { type: "null" })).toBe("// Does it.\nfunction act(): Promise<void>;");
  });

  it.each<[string, ObjectSchema, string]>([
    ["open keys", { type: "object", additionalProperties: { type: "number" } }, "  input?: { [key: string]: number },"],
    [
      "a key that is no identifier",
      { type: "object", properties: { "max-results": { type: "number" } }, required: ["max-results"] },
      '  input: { "max-results": number },',
    ],
    [
      "alternatives at the root",
      { type: "object", anyOf: [{ properties: { a: { type: "string" } }, required: ["a"] }] },
      "  input: { a: string } & { [key: string]: unknown },",
    ],
  ])("takes one object for %s", (_title, schema, line) => {
    expect(declare(schema)).toContain(line);
  });

  it("prints definitions once, before the function, recursive ones too", () => {
    const shape: ObjectSchema = {
      type: "object",
      properties: { shapes: { type: "array", items: { $ref: "#/$defs/Shape" } } },
      required: ["shapes"],
      additionalProperties: false,
      $defs: {
        Shape: {
          type: "object",
          properties: { children: { type: "array", items: { $ref: "#/$defs/Shape" } } },
          required: ["children"],
        },
      },
    };
    const text = renderDeclarations([
      { name: "one", description: "1.", inputSchema: shape },
      { name: "two", description: "2.", inputSchema: shape },
    ]);
    expect(text.match(/type Shape = /g)).toHaveLength(1);
    expect(text).toContain("type Shape = { children: Shape[] };\n// 1.\nfunction one(\n  shapes: Shape[],\n)");
  });

  it("renames a definition that means something else in another tool", () => {
    const withDef = (def: JsonSchema): ObjectSchema => ({
      type: "object",
      properties: { x: { $ref: "#/$defs/X" } },
      $defs: { X: def },
      additionalProperties: false,
    });
    const text = renderDeclarations([
      { name: "one", description: "1.", inputSchema: withDef({ type: "string" }) },
      { name: "two", description: "2.", inputSchema: withDef({ type: "number" }) },
      { name: "three", description: "3.", inputSchema: withDef({ type: "number" }) },
    ]);
    expect(text).toContain("type X = string;");
    expect(text).toContain("type X2 = number;");
    expect(text.match(/x\?: X2,/g)).toHaveLength(2);
  });

  it.each([
    ["in", "  input?: { in?: string },"],
    ["default", "  input?: { default?: string },"],
    ["arguments", "  input?: { arguments?: string },"],
    ["of", "  of?: string,"],
  ])("prints a parameter named %s so that it compiles", (name, line) => {
    const properties = { [name]: { type: "string" as const } };
    expect(declare({ type: "object", properties, additionalProperties: false })).toContain(line);
  });

  it("names the type of an input that refers to itself", () => {
    const text = declare({
      type: "object",
      properties: { next: { $ref: "#" } },
      additionalProperties: false,
    });
    expect(text).toContain("type ActInput = { next?: ActInput };");
    expect(text).toContain("  next?: ActInput,");
  });

  it("names what a reference to a property leads to", () => {
    const text = declare({
      type: "object",
      properties: { from: { type: "string" }, to: { $ref: "#/properties/from" } },
      additionalProperties: false,
    });
    expect(text).toContain("type From = string;");
    expect(text).toContain("  to?: From,");
  });

  it.each(["Promise", "Record", "string", "Date", "in"])("renames a definition named %s", (name) => {
    const text = declare({
      type: "object",
      properties: { x: { $ref: `#/$defs/${name}` } },
      additionalProperties: false,
      $defs: { [name]: { type: "number" } },
    });
    expect(text).toContain(`type ${name}_ = number;`);
    expect(text).toContain(`  x?: ${name}_,`);
  });

  it("prints a reference that leads out of the schema as unknown", () => {
    const properties = { x: { $ref: "https://example.org/x" }, y: { $ref: "#/$defs/None" } };
    const text = declare({ type: "object", properties, additionalProperties: false });
    expect(text).toContain("  x?: unknown,\n  y?: unknown,");
  });

  it("prints thousands of definitions that refer to one another, and serialises them once", () => {
    const size = 3000;
    const $defs: Record<string, JsonSchema> = {};
    for (let n = 0; n < size; n++) {
      $defs[`D${n}`] = { type: "object", properties: { next: { $ref: `#/$defs/D${(n + 1) % size}` } } };
    }
    const text = declare({ type: "object", properties: { x: { $ref: "#/$defs/D0" } }, $defs });
    expect(text.match(/^type /gm)).toHaveLength(size);
  });
});
