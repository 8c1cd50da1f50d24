import { readFileSync } from "node:fs";
import { type JsonSchema, type ObjectSchema, SchemaValidator, tool } from "@smoltools/core";
import fc from "fast-check";
import type OpenAI from "openai";
import { toStrictJsonSchema } from "openai/lib/transform";
import { describe, expect, it } from "vitest";
import { inputCase } from "../shared/schema-export/test-support/written-cases.ts";
import { wildInput } from "../shared/schema-export/test-support/wild-schemas.ts";
import { toOpenAI, toOpenAITools } from "./index.ts";

const twenty: { name: string; description: string; inputSchema: ObjectSchema }[] = JSON.parse(
  readFileSync(new URL("../../../../fixtures/derive/twenty-tools.json", import.meta.url), "utf8"),
);
const declared = (inputSchema: ObjectSchema) => ({ name: "f", description: "F.", inputSchema });
const strict = (inputSchema: ObjectSchema) => toOpenAI(declared(inputSchema)).definition.function.parameters;
const input = (x: JsonSchema, further: Partial<ObjectSchema> = {}): ObjectSchema => ({
  type: "object",
  properties: { x },
  required: ["x"],
  additionalProperties: false,
  ...further,
});

/** What the SDK makes of a schema that is meant to be strict already. It changes its argument. */
const sdk = (schema: Record<string, unknown>): unknown =>
  toStrictJsonSchema(structuredClone(schema) as Parameters<typeof toStrictJsonSchema>[0]);

describe("a schema in strict mode", () => {
  it.each(twenty)("of $name is what the SDK would make of it", ({ inputSchema }) => {
    expect(sdk(strict(inputSchema))).toEqual(strict(inputSchema));
  });

  it("is accepted as it is by the SDK, whatever the tool's schema", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          wildInput,
          inputCase.map(({ schema }) => schema),
        ),
        (schema) => {
          const exported = strict(schema);
          expect(sdk(exported)).toEqual(exported);
          expect(JSON.stringify(exported)).not.toContain('"x-ts"');
        },
      ),
      { numRuns: 300 },
    );
  });

  const rows: [what: string, original: JsonSchema, exported: object, written: unknown, value: unknown][] = [
    ["limits in words", { type: "string", minLength: 2, maxLength: 5 }, { type: "string", description: "(minLength 2, maxLength 5)" }, "abc", "abc"], // prettier-ignore
    ["a default in words", { type: "number", description: "Count", default: 3 }, { type: "number", description: "Count. Default: 3." }, 1, 1], // prettier-ignore
    ["limits that it knows", { type: "integer", minimum: 1, multipleOf: 2 }, { type: "integer", minimum: 1, multipleOf: 2 }, 2, 2], // prettier-ignore
    ["a pattern", { type: "string", pattern: "^a" }, { type: "string", pattern: "^a" }, "ab", "ab"],
    ["a pattern that it does not know", { type: "string", pattern: "^(?=a)" }, { type: "string", description: "(pattern ^(?=a))" }, "ab", "ab"], // prettier-ignore
    ["a format", { type: "string", format: "uri" }, { type: "string", description: "(format uri)" }, "u:", "u:"],
    ["a type of the code", { type: "string", format: "date-time", "x-ts": "Date" } as JsonSchema, { type: "string", format: "date-time" }, "t", "t"], // prettier-ignore
    ["a record", { type: "object", additionalProperties: { type: "number" } }, { type: "array", items: { type: "object", properties: { key: { type: "string" }, value: { type: "number" } }, required: ["key", "value"], additionalProperties: false }, description: "(an object, as a list of its keys and values)" }, [{ key: "a", value: 1 }], { a: 1 }], // prettier-ignore
    ["a record that came as it is", { type: "object", additionalProperties: { type: "number" } }, expect.anything(), { a: 1 }, { a: 1 }], // prettier-ignore
    ["anything", {}, { type: "string", description: "(any JSON value, as JSON text)" }, "[1]", [1]],
    ["anything that came as no JSON", {}, expect.anything(), "[1", "[1"],
    ["a free object", { type: "object" }, { type: "string", description: "(a JSON object, as JSON text)" }, '{"a":1}', { a: 1 }], // prettier-ignore
    ["known keys and others", { type: "object", properties: { a: { type: "string" } }, additionalProperties: { type: "number" } }, { type: "string", description: "(JSON text of the type { a?: string; [key: string]: number | string | undefined })" }, '{"b":2}', { b: 2 }], // prettier-ignore
    ["keys by pattern", { type: "object", patternProperties: { "^x": { type: "number" } } }, { type: "string", description: "(a JSON object, as JSON text, keys like ^x: number)" }, '{"x":2}', { x: 2 }], // prettier-ignore
    ["an object that does not forbid others", { type: "object", properties: { a: { type: "string" } }, required: ["a"] }, { type: "object", properties: { a: { type: "string" } }, required: ["a"], additionalProperties: false }, { a: "b" }, { a: "b" }], // prettier-ignore
    ["an optional property", { type: "object", properties: { a: { type: "string" } } }, { type: "object", properties: { a: { type: ["string", "null"] } }, required: ["a"], additionalProperties: false }, { a: null }, {}], // prettier-ignore
    ["an optional property of null", { type: "object", properties: { a: { type: ["string", "null"] } } }, expect.anything(), { a: null }, { a: null }], // prettier-ignore
    ["an optional choice of values", { type: "object", properties: { a: { enum: ["b"] } } }, { type: "object", properties: { a: { type: ["string", "null"], enum: ["b", null] } }, required: ["a"], additionalProperties: false }, { a: null }, {}], // prettier-ignore
    ["an optional constant", { type: "object", properties: { a: { const: "b" } } }, { type: "object", properties: { a: { type: ["string", "null"], enum: ["b", null] } }, required: ["a"], additionalProperties: false }, { a: "b" }, { a: "b" }], // prettier-ignore
    ["an optional object", { type: "object", properties: { a: { type: "object", properties: { b: { type: "null" } }, required: ["b"], description: "A." } } }, { type: "object", properties: { a: { description: "A.", anyOf: [{ type: "object", properties: { b: { type: "null" } }, required: ["b"], additionalProperties: false }, { type: "null" }] } }, required: ["a"], additionalProperties: false }, { a: null }, {}], // prettier-ignore
    ["a pair", { type: "array", prefixItems: [{ type: "number", title: "width" }, { type: "number", title: "height" }], items: false, minItems: 2 }, { type: "array", items: { type: "number" }, minItems: 2, maxItems: 2, description: "Order: width, height." }, [1, 2], [1, 2]], // prettier-ignore
    ["a tuple of different types", { type: "array", prefixItems: [{ type: "number" }, { type: "object", additionalProperties: { type: "string" } }], items: false }, { type: "array", items: { anyOf: [{ type: "number" }, expect.objectContaining({ type: "array" })] }, maxItems: 2, description: "Order: number, { [key: string]: string }." }, [1, [{ key: "a", value: "b" }]], [1, { a: "b" }]], // prettier-ignore
    ["oneOf", { oneOf: [{ type: "string" }, { type: "number" }] }, { anyOf: [{ type: "string" }, { type: "number" }] }, 1, 1], // prettier-ignore
    ["several types, one with parts", { type: ["array", "null"], items: { type: "string" } }, { anyOf: [{ type: "array", items: { type: "string" } }, { type: "null" }] }, ["a"], ["a"]], // prettier-ignore
    ["a text or an object", { type: ["string", "object"] }, { anyOf: [{ type: "string" }, { type: "object", properties: { json: { type: "string", description: "(a JSON object, as JSON text)" } }, required: ["json"], additionalProperties: false }] }, { json: '{"a":1}' }, { a: 1 }], // prettier-ignore
    ["a text that looks like an object", { type: ["string", "object"] }, expect.anything(), '{"a":1}', '{"a":1}'],
    ["values that are objects", { enum: [{ a: 1 }, { a: 2 }] }, { type: "string", enum: ['{"a":1}', '{"a":2}'], description: "(one of these values, as JSON text)" }, '{"a":2}', { a: 2 }], // prettier-ignore
    ["allOf of objects", { allOf: [{ type: "object", properties: { a: { type: "string" } }, required: ["a"] }, { properties: { b: { type: "number" } }, required: ["b"] }] }, { type: "object", properties: { a: { type: "string" }, b: { type: "number" } }, required: ["a", "b"], additionalProperties: false }, { a: "x", b: 1 }, { a: "x", b: 1 }], // prettier-ignore
    ["required keys of which one is enough", { type: "object", properties: { a: { type: "string" } }, anyOf: [{ required: ["a"] }, { required: ["b"] }] }, { type: "object", properties: { a: { type: ["string", "null"] } }, required: ["a"], additionalProperties: false, description: '(anyOf [{"required":["a"]},{"required":["b"]}])' }, { a: "x" }, { a: "x" }], // prettier-ignore
    ["not", { type: "string", not: { const: "a" } }, { type: "string", description: '(not {"const":"a"})' }, "b", "b"],
    ["nothing, as a required property", false, { type: "null", description: "(no value is valid here)" }, null, null],
  ];
  it.each(rows)("has %s", (_what, original, exported, written, value) => {
    const { definition, decode } = toOpenAI(declared(input(original)));
    expect(definition.function.parameters["properties"]).toEqual({ x: exported });
    expect(decode({ x: written })).toEqual({ x: value });
  });

  it("keeps types that contain themselves", () => {
    const node: JsonSchema = { type: "object", properties: { next: { $ref: "#/$defs/Node" }, tags: { type: "object", additionalProperties: { type: "string" } } } }; // prettier-ignore
    const { definition, decode } = toOpenAI(
      declared(input({ $ref: "#/$defs/Node" }, { $defs: { Node: node, Unused: {} } })),
    );
    expect(definition.function.parameters).toMatchObject({
      properties: { x: { $ref: "#/$defs/Node" } },
      $defs: { Node: { properties: { next: { anyOf: [{ $ref: "#/$defs/Node" }, { type: "null" }] } } } },
    });
    expect(Object.keys(definition.function.parameters["$defs"] ?? {})).toEqual(["Node"]);
    const written = { x: { next: { next: null, tags: [{ key: "a", value: "b" }] }, tags: null } };
    expect(decode(written)).toEqual({ x: { next: { tags: { a: "b" } } } });
  });

  it("keeps a reference that is described by an allOf around it", () => {
    const next: JsonSchema = { allOf: [{ $ref: "#/$defs/Node" }], description: "The next." };
    const node: JsonSchema = { type: "object", properties: { next }, required: ["next"] };
    expect(strict(input({ $ref: "#/$defs/Node" }, { $defs: { Node: node } }))).toMatchObject({
      $defs: { Node: { properties: { next: { $ref: "#/$defs/Node", description: "The next." } } } },
    });
  });

  it("has an end where references are merged with what stands beside them", () => {
    const part: JsonSchema = { allOf: [{ $ref: "#/$defs/Node" }, { properties: { more: { type: "string" } } }] };
    const node: JsonSchema = { type: "object", properties: { a: part, b: part, c: part } };
    const exported = strict(input({ $ref: "#/$defs/Node" }, { $defs: { Node: node } }));
    expect(JSON.stringify(exported)).toContain("JSON text of the type Node");
    expect(sdk(exported)).toEqual(exported);
  });

  it("puts an input that is a choice into a property", () => {
    const { definition, decode } = toOpenAI(
      declared({ type: "object", anyOf: [input({ type: "string" }), input({ type: "number" }, { required: [] })] }),
    );
    expect(definition.function.parameters).toMatchObject({ type: "object", required: ["input"], properties: { input: { anyOf: [{}, {}] } } }); // prettier-ignore
    expect(decode({ input: { x: "a" } })).toEqual({ x: "a" });
    expect(decode({ input: { x: null } })).toEqual({});
  });

  it("of a tool whose input says nothing has no arguments", () => {
    expect(strict({ type: "object" })).toEqual({
      type: "object",
      properties: {},
      required: [],
      additionalProperties: false,
    });
  });
});

describe("a schema without strict mode", () => {
  const plain = (schema: ObjectSchema) => toOpenAI(declared(schema), { strict: false });

  it("is the tool's own, without what only this project reads", () => {
    const own = input(
      { allOf: [{ type: "string", minLength: 1 }, { not: { const: "x" } }] },
      { $defs: { Unused: {} } },
    );
    const marked = { ...own, "x-open": true, $defs: { Unused: { "x-ts": "Date" } } } as ObjectSchema;
    expect(plain(marked).definition.function).toEqual({ name: "f", description: "F.", parameters: own, strict: false });
  });

  it("loses conditions at the root to the description, for the API refuses them", () => {
    const { parameters } = plain(input({ type: "string" }, { oneOf: [{ required: ["x"] }, { required: ["y"] }] })).definition.function; // prettier-ignore
    expect(parameters).toEqual(
      input({ type: "string" }, { description: '(oneOf [{"required":["x"]},{"required":["y"]}])' }),
    );
  });

  it("puts a choice at the root into a property, with its references", () => {
    const root: ObjectSchema = { type: "object", anyOf: [{ $ref: "#/$defs/A" }, { $ref: "#/anyOf/0" }], $defs: { A: input({ type: "string" }) } }; // prettier-ignore
    const { definition, decode } = plain(root);
    expect(definition.function.parameters).toEqual({
      type: "object",
      properties: { input: { type: "object", anyOf: [{ $ref: "#/$defs/A" }, { $ref: "#/properties/input/anyOf/0" }] } },
      required: ["input"],
      additionalProperties: false,
      $defs: { A: input({ type: "string" }) },
    });
    expect(decode({ input: { x: "a" } })).toEqual({ x: "a" });
  });

  it("leaves every valid input valid", () => {
    fc.assert(
      fc.property(inputCase, ({ schema, value }) => {
        expect(new SchemaValidator(schema).findings(plain(schema).decode(value))).toEqual([]);
      }),
    );
  });

  it("loses nulls of properties that were left out", () => {
    const nested: JsonSchema = {
      anyOf: [{ type: "string" }, { type: "object", properties: { y: { type: "number" } } }],
    };
    expect(plain(input(nested)).decode({ x: { y: null } })).toEqual({ x: {} });
    expect(plain(input(nested)).decode({ x: null })).toEqual({ x: null });
  });
});

describe("decoding", () => {
  const { decode } = toOpenAI(declared(input({ type: "object", additionalProperties: { type: "number" } })));

  it.each([
    ["no text", "", {}],
    ["nothing", undefined, {}],
    ["null", null, {}],
    ["text that is no JSON", "{x", "{x"],
    ["JSON of no object", "[1]", [1]],
    ["a list of no entries", { x: [1] }, { x: [1] }],
    ["keys that nobody knows", { y: 1 }, { y: 1 }],
  ])("takes %s", (_, args, value) => {
    expect(decode(args)).toEqual(value);
  });

  it("makes a property of a key that is a word of JavaScript", () => {
    const decoded = decode({ x: [{ key: "__proto__", value: 1 }] });
    expect(JSON.stringify(decoded)).toBe('{"x":{"__proto__":1}}');
  });

  it("never throws", () => {
    fc.assert(
      fc.property(wildInput, fc.jsonValue(), fc.jsonValue(), fc.boolean(), (schema, a, b, isStrict) => {
        const exported = toOpenAI(declared(schema), { strict: isStrict });
        for (const args of [a, { a, b }, { input: a }, JSON.stringify({ a })]) {
          expect(() => exported.decode(args)).not.toThrow();
        }
      }),
      { numRuns: 150 },
    );
  });

  it("gives back what is nested deeper than can be read", () => {
    const node: JsonSchema = { type: "object", properties: { next: { $ref: "#/$defs/Node" } } };
    const exported = toOpenAI(declared(input({ $ref: "#/$defs/Node" }, { $defs: { Node: node } })));
    let deep: unknown = {};
    for (let level = 0; level < 100_000; level++) deep = { next: deep };
    const args = { x: deep };
    expect(exported.decode(args)).toBe(args);
  });
});

describe("several tools", () => {
  const double = tool({
    name: "double",
    description: "Doubles each.",
    input: { type: "object", properties: { of: { type: "object", additionalProperties: { type: "number" } } }, required: ["of"], additionalProperties: false }, // prettier-ignore
    execute: ({ of }) => Object.fromEntries(Object.entries(of).map(([key, value]) => [key, Number(value) * 2])),
  });

  it("are types of the SDK, for both of its APIs", () => {
    const chat: OpenAI.ChatCompletionTool[] = toOpenAITools([double]).definitions;
    const responses: OpenAI.Responses.Tool[] = toOpenAITools([double], { api: "responses" }).definitions;
    expect(chat[0]).toMatchObject({ type: "function", function: { name: "double", strict: true } });
    expect(responses[0]).toMatchObject({ type: "function", name: "double", strict: true });
  });

  it("answer calls by name", async () => {
    const { call } = toOpenAITools([double]);
    expect(await call("double", '{"of":[{"key":"a","value":2}]}')).toEqual({ a: 4 });
  });

  it("tell wrong arguments and unknown names by code", async () => {
    const { call } = toOpenAITools([double]);
    await expect(call("double", '{"of":[{"key":"a","value":"x"}]}')).rejects.toMatchObject({ code: "TOOL_INPUT_INVALID", data: { findings: [{ path: "of.a" }] } }); // prettier-ignore
    await expect(call("half", "{}")).rejects.toMatchObject({ code: "ADAPTER_TOOL_UNKNOWN", message: 'There is no tool "half": there are double.' }); // prettier-ignore
  });

  it("need different names", () => {
    expect(() => toOpenAITools([double, double])).toThrow(expect.objectContaining({ code: "ADAPTER_OPTIONS_INVALID" }));
  });
});
