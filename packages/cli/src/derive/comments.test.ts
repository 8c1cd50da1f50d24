import { describe, expect, it } from "vitest";
import { deriveSource } from "./index.ts";
import { deriveOne } from "./test-support/derive-one.ts";

/** The schema of a property with a comment. */
async function propertyOf(type: string, comment: string): Promise<unknown> {
  const source = `interface P {\n  /** ${comment} */\n  a: ${type};\n}\n/** Does. */\nexport function f(p: P): void {}`;
  return (await deriveOne(source)).inputSchema.properties?.["a"];
}

describe("the comment of a function", () => {
  it("says everything about the tool", async () => {
    const tool = await deriveOne(`
/**
 * Fetches the weather, as {@link https://example.com | the service} knows it,
 *     for {@link place}; ask @weather for more.
 *
 * At most \`@limit\` days.
 *
 * @param place - Where, e.g. "me@home" or @home.
 *   Any language.
 * @returns The text. @minLength 1
 * @throws {RangeError} When there is no such place.
 * @throws When the service is down.
 * @permission net api.example.com, *.example.org - for the forecast
 * @permission env WEATHER_KEY
 * @annotation readOnly, destructive false
 * @annotation openWorld
 * @deprecated Use weather2.
 * @see https://example.com
 * @since 1.0
 * @example
 * \`\`\`ts
 * const text = await f("Paris", {
 *   days: 3, // @default 1
 * });
 * @decorated
 * \`\`\`
 * @example await f("Rome")
 */
export async function f(place: string): Promise<string> { return ""; }`);
    expect(tool).toEqual({
      exportName: "f",
      name: "f",
      description:
        "Fetches the weather, as the service knows it,\nfor place; ask @weather for more.\n\nAt most `@limit` days.",
      inputSchema: {
        type: "object",
        properties: { place: { description: 'Where, e.g. "me@home" or @home.\nAny language.', type: "string" } },
        required: ["place"],
        additionalProperties: false,
      },
      outputSchema: { description: "The text.", type: "string", minLength: 1 },
      call: { kind: "positional", parameters: ["place"] },
      permissions: { net: ["*.example.org", "api.example.com"], env: ["WEATHER_KEY"], read: [], write: [], run: [] },
      annotations: { readOnlyHint: true, destructiveHint: false, openWorldHint: true },
      deprecated: "Use weather2.",
      throws: [
        { name: "RangeError", description: "When there is no such place." },
        { description: "When the service is down." },
      ],
      examples: [
        '```ts\nconst text = await f("Paris", {\n  days: 3, // @default 1\n});\n@decorated\n```',
        'await f("Rome")',
      ],
      exampleCalls: [{ input: { place: "Rome" }, place: { file: "tool.ts", line: 27, column: 4, length: 8 } }],
    });
  });

  it("gives constraint tags to the parameter that they stand behind, on its line or below", async () => {
    const { inputSchema } = await deriveOne(`
/**
 * Does.
 * @title Doer
 * @param a - The a. @minLength 1 @maxLength 9 @pattern ^[^@ ]+@[a-z.]+$
 * @param b - The b.
 * @minimum 1
 * @maximum 2
 */
export function f(a: string, b: number): void {}`);
    expect(inputSchema.properties).toEqual({
      a: { description: "The a.", type: "string", pattern: "^[^@ ]+@[a-z.]+$", minLength: 1, maxLength: 9 },
      b: { description: "The b.", type: "number", minimum: 1, maximum: 2 },
    });
  });

  it("has tags under other names", async () => {
    const tool = await deriveOne(`
/**
 * @desc Does.
 * @arg a The a.
 * @return {string} The text.
 * @exception {Error} Always.
 */
export function f(a: string): string { throw new Error(); }`);
    expect(tool).toMatchObject({
      description: "Does.",
      inputSchema: { properties: { a: { description: "The a." } } },
      outputSchema: { description: "The text." },
      throws: [{ name: "Error", description: "Always." }],
    });
  });

  it("describes properties of properties, in unions and arrays too", async () => {
    const { inputSchema } = await deriveOne(`
/**
 * Does.
 * @param a - The a.
 * @param a.b - The b.
 * @param a.b[].c - The c. @maxLength 3
 * @param d - The d.
 * @param d.e - The e.
 */
export function f(a: { b: { c: string }[] }, d: string | { e: number }): void {}`);
    expect(inputSchema.properties).toMatchObject({
      a: {
        properties: {
          b: { description: "The b.", items: { properties: { c: { description: "The c.", maxLength: 3 } } } },
        },
      },
      d: { anyOf: [{ type: "string" }, { properties: { e: { description: "The e." } } }] },
    });
  });
});

describe("a tag of a property", () => {
  const rows: [type: string, tags: string, expected: object][] = [
    ["number", "@minimum -1.5 @maximum 1e3", { type: "number", minimum: -1.5, maximum: 1000 }],
    ["number", "@exclusiveMinimum 0 @exclusiveMaximum 1 @multipleOf 0.1", { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1, multipleOf: 0.1 }], // prettier-ignore
    ["number", "@integer", { type: "integer" }],
    ["number", "@int", { type: "integer" }],
    ["number", "@asType integer", { type: "integer" }],
    ["number | string", "@integer @minLength 2", { type: ["integer", "string"], minLength: 2 }],
    ["1 | 2", "@integer", { type: "integer", enum: [1, 2] }],
    ["string", "@minLength 1 @maxLength 2", { type: "string", minLength: 1, maxLength: 2 }],
    ["string", "@pattern ^[a-z]+(-[a-z]+)*$", { type: "string", pattern: "^[a-z]+(-[a-z]+)*$" }],
    ["string", "@pattern ^`+$ @minLength 2", { type: "string", pattern: "^`+$", minLength: 2 }],
    ["string", "@format uri", { type: "string", format: "uri" }],
    ["string", "@contentEncoding base64 @contentMediaType image/png", { type: "string", contentEncoding: "base64", contentMediaType: "image/png" }], // prettier-ignore
    ["string[]", "@minItems 1 @maxItems 2 @uniqueItems", { type: "array", items: { type: "string" }, minItems: 1, maxItems: 2, uniqueItems: true }], // prettier-ignore
    ["Record<string, string>", "@minProperties 1 @maxProperties 2", { type: "object", additionalProperties: { type: "string" }, minProperties: 1, maxProperties: 2 }], // prettier-ignore
    ["string", "@title Name", { type: "string", title: "Name" }],
    ["string", "@deprecated Use b.", { type: "string", deprecated: true }],
    ["string", "@readOnly @writeOnly false", { type: "string", readOnly: true, writeOnly: false }],
    ["string", '@example "a" @example b', { type: "string", examples: ["a", "b"] }],
    ["number", "@examples [1, 2]", { type: "number", examples: [1, 2] }],
    ["number | null", "@minimum 1", { type: ["number", "null"], minimum: 1 }],
    ["string | { b: string }", "@format uri", { anyOf: [{ type: "string", format: "uri" }, { type: "object", properties: { b: { type: "string" } }, required: ["b"], additionalProperties: false }] }], // prettier-ignore
    ["unknown", "@minimum 1", { minimum: 1 }],
  ];

  it.each(rows)("%s with %s", async (type, tags, expected) => {
    expect(await propertyOf(type, `The a. ${tags}`)).toEqual({ description: "The a.", ...expected });
  });
});

describe("the comment of a type", () => {
  it("is the description where the value has none of its own", async () => {
    const { inputSchema } = await deriveOne(`
/** A point. */
interface Point { x: number }
/** A name. @minLength 1 @maxLength 9 */
type Name = string;
/** A short name. @maxLength 3 */
type Short = Name;
/** Does.
 * @param points - The points.
 * @param names - The names.
 * @param short - Its own. @minLength 2
 */
export function f(points: Point[], names: Name[], short: Short | null): void {}`);
    expect(inputSchema.properties).toEqual({
      points: {
        description: "The points.",
        type: "array",
        items: {
          description: "A point.",
          type: "object",
          properties: { x: { type: "number" } },
          required: ["x"],
          additionalProperties: false,
        },
      },
      names: {
        description: "The names.",
        type: "array",
        items: { description: "A name.", type: "string", minLength: 1, maxLength: 9 },
      },
      short: {
        description: "Its own.",
        anyOf: [{ description: "A short name.", type: "string", minLength: 2, maxLength: 3 }, { type: "null" }],
      },
    });
  });
});

describe("@open", () => {
  const open = { "x-open": true };
  const choice = { type: "string", enum: ["a", "b"] };
  const rows: [where: string, result: string, declarations: string, expected: object][] = [
    ["a type", "T", '/** @open */ type T = "a" | "b";', { ...choice, ...open }],
    ["an enum", "E", '/** @open */ enum E { A = "a", B = "b" }', { ...choice, ...open }],
    ["a type that may be null", "T | null", '/** @open */ type T = "a" | "b";', { type: ["string", "null"], enum: ["a", "b", null], ...open }], // prettier-ignore
    ["a type among others", "T[] | number", '/** @open */ type T = "a" | "b";', { anyOf: [{ items: { ...choice, ...open } }, { type: "number" }] }], // prettier-ignore
    ["a single value", "T", '/** @open */ type T = "a";', { const: "a", ...open }],
    [
      "a property",
      "P",
      'interface P {\n/** P. @open */\np: "a" | "b" }',
      { properties: { p: { ...choice, ...open } } },
    ],
    ["a choice with a number", "P", 'interface P {\n/** P. @open */\np: "a" | number }', { properties: { p: { anyOf: [{ const: "a", ...open }, { type: "number" }] } } }], // prettier-ignore
  ];
  it.each(rows)("marks the values of %s that a result may have", async (_where, result, declarations, expected) => {
    const { outputSchema } = await deriveOne(
      `${declarations}\n/** Does. */\nexport function f(): ${result} { return null!; }`,
    );
    expect(outputSchema).toMatchObject(expected);
  });

  it("marks the result itself, behind @returns", async () => {
    const tool = await deriveOne('/** Does. @returns R. @open */\nexport function f(): "a" | "b" { return "a"; }');
    expect(tool.outputSchema).toEqual({ description: "R.", ...choice, ...open });
  });

  it("says nothing of an input, where a value more disturbs nobody", async () => {
    const tool = await deriveOne(
      '/** @open */\ntype T = "a" | "b";\n/** Does. @param t - T. */\nexport function f(t: T): void {}',
    );
    expect(tool.inputSchema.properties).toEqual({ t: { description: "T.", ...choice } });
  });
});

describe("a warning", () => {
  it("is given for each property of the result that has no description, and for the result", async () => {
    const { tools, warnings } = await deriveSource(
      "/** Does. */\nexport function f(): { a: string;\n  /** The b. */\n  b: string } { return null!; }",
      { fileName: "tool.ts" },
    );
    expect(tools).toHaveLength(1);
    expect(warnings.map(({ code, line, column, message }) => `${line}:${column} ${code} ${message}`)).toEqual([
      '2:22 W_NO_DESCRIPTION What "f" returns has no description.',
      '2:24 W_NO_DESCRIPTION "result.a" has no description.',
    ]);
  });
});
