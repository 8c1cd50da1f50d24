import { describe, expect, it } from "vitest";
import { type DerivedTool, deriveSource } from "./index.ts";

/** Derives the only tool of a source that has no problems. */
async function derive(source: string, fileName = "tool.ts"): Promise<DerivedTool> {
  const { tools, problems } = await deriveSource(source, { fileName });
  expect(problems).toEqual([]);
  const [tool] = tools;
  if (!tool) throw new Error("no tool");
  return tool;
}

describe("the form of a call", () => {
  it("is positional for several parameters, in their order", async () => {
    const { call, inputSchema } = await derive(`
/**
 * Does.
 * @param b - The b.
 * @param a - The a.
 * @param c - The c.
 */
export async function f(b: string, a = 1, c?: boolean): Promise<void> {}`);
    expect(call).toEqual({ kind: "positional", parameters: ["b", "a", "c"] });
    expect(inputSchema).toEqual({
      type: "object",
      properties: {
        b: { description: "The b.", type: "string" },
        a: { description: "The a.", type: "number", default: 1 },
        c: { description: "The c.", type: "boolean" },
      },
      required: ["b"],
      additionalProperties: false,
    });
  });

  it("is an object for one parameter of an object type", async () => {
    const { call, inputSchema } = await derive(`
interface Options {
  /** The query. @minLength 1 */
  query: string;
  limit?: number;
}
/**
 * Does.
 * @param options - Is not in the schema.
 * @param options.limit - How many. @minimum 1
 */
export function f(options: Options = { query: "" }): void {}`);
    expect(call).toEqual({ kind: "object" });
    expect(inputSchema).toEqual({
      type: "object",
      properties: {
        query: { description: "The query.", type: "string", minLength: 1 },
        limit: { description: "How many.", type: "number", minimum: 1 },
      },
      required: ["query"],
      additionalProperties: false,
    });
  });

  it.each([
    "string[]",
    "Record<string, string>",
    "Date",
    "C",
    "{ a: 1 } | { b: 2 }",
    "{ a: string; [k: string]: string }",
  ])("is positional for one parameter of type %s", async (type) => {
    const { call } = await derive(`class C { a = 1 }
/** Does.
 * @param x - The x. */
export function f(x: ${type}): void {}`);
    expect(call).toEqual({ kind: "positional", parameters: ["x"] });
  });

  it("names the rest parameter, which is an array that may be left out", async () => {
    const { call, inputSchema } = await derive(`
/** Does.
 * @param first - The first.
 * @param others - The others.
 */
export function f(first: string, ...others: number[]): void {}`);
    expect(call).toEqual({ kind: "positional", parameters: ["first", "others"], rest: "others" });
    expect(inputSchema.properties?.["others"]).toEqual({
      description: "The others.",
      type: "array",
      items: { type: "number" },
    });
    expect(inputSchema.required).toEqual(["first"]);
  });

  it("has no parameters for a function without any", async () => {
    const { call, inputSchema } = await derive("/** Does. */\nexport const f = () => {};");
    expect(call).toEqual({ kind: "positional", parameters: [] });
    expect(inputSchema).toEqual({ type: "object", properties: {}, additionalProperties: false });
  });
});

describe("a destructured parameter", () => {
  const options = `interface Options {
  /** The query. */
  query: string;
  /** How many. */
  limit?: number;
  /** Where. */
  area?: {
    /** The country. */
    country?: string;
  };
}`;

  it("gives its defaults to the properties of the input", async () => {
    const { call, inputSchema } = await derive(`${options}
/** Does. */
export function f({ query, limit: most = 3, area: { country = "fr" } = {} }: Options): void {}`);
    expect(call).toEqual({ kind: "object" });
    expect(inputSchema.properties).toEqual({
      query: { description: "The query.", type: "string" },
      limit: { description: "How many.", type: "number", default: 3 },
      area: {
        description: "Where.",
        type: "object",
        properties: { country: { description: "The country.", type: "string", default: "fr" } },
        additionalProperties: false,
        default: {},
      },
    });
  });

  it("has the name of the n-th tag where it is one of several", async () => {
    const { call, inputSchema } = await derive(`${options}
/** Does.
 * @param path - The path.
 * @param how - How to do it.
 * @param how.limit - How many at most.
 */
export function f(path: string, { limit = 3 }: Options): void {}`);
    expect(call).toEqual({ kind: "positional", parameters: ["path", "how"] });
    expect(inputSchema.properties?.["how"]).toMatchObject({
      description: "How to do it.",
      properties: { limit: { description: "How many at most.", default: 3 } },
    });
  });
});

describe("a default", () => {
  const rows: [initialiser: string, expected: unknown, declarations?: string][] = [
    ["'text'", "text"],
    ["`text`", "text"],
    ["1_000", 1000],
    ["-1.5", -1.5],
    ["+2", 2],
    ["false", false],
    ["null as string | null", null],
    ["[1, 2]", [1, 2]],
    ["[] as string[]", []],
    ["{ a: [1], 'b': { c: null } } satisfies object", { a: [1], b: { c: null } }],
    ["(3)", 3],
    ["limit", 5, "const limit = 5;"],
    ["limit", 5, "const most = 5; const limit = most;"],
    ["{ limit }", { limit: 5 }, "const limit = 5;"],
    ["levels.length", 3, 'const levels = ["a", "b", "c"] as const;'],
    ["levels[1]", "b", 'const levels = ["a", "b", "c"] as const;'],
    ["settings.limit", 7, "const settings = { limit: 7 };"],
    ["Level.High", "high", 'enum Level { Low = "low", High = "high" }'],
    ["flags.a", 4, "const enum flags { a = 1 << 2 }"],
  ];

  it.each(rows)("%s is %j", async (initialiser, expected, declarations = "") => {
    const { inputSchema } = await derive(`${declarations}
/** Does.
 * @param y - Another one, so that an object is not the input itself.
 * @param x - The x. */
export function f(y: string, x = ${initialiser}): void {}`);
    expect(inputSchema.properties?.["x"]).toHaveProperty("default", expected);
    expect(inputSchema.required ?? []).not.toContain("x");
  });

  it("of undefined is none", async () => {
    const { inputSchema } = await derive(`/** Does.
 * @param x - The x. */
export function f(x: string | undefined = undefined): void {}`);
    expect(inputSchema.properties?.["x"]).toEqual({ description: "The x.", type: "string" });
    expect(inputSchema.required).toBeUndefined();
  });

  it("that the code computes may be named by a tag", async () => {
    const { inputSchema } = await derive(`/** Does.
 * @param x - The x. @default . */
export function f(x: string = String(1)): void {}`);
    expect(inputSchema.properties?.["x"]).toEqual({ description: "The x.", type: "string", default: "." });
  });

  it("in a comment is JSON, or else text", async () => {
    const { inputSchema } = await derive(`interface P {
  /** A. @default 5 */
  a?: number;
  /** B. @default 5 */
  b?: string;
  /** C. @default "five" */
  c?: string;
  /** D. @default { "x": [1] } */
  d?: { x: number[] };
}
/** Does. */
export function f(p: P): void {}`);
    const values = Object.values(inputSchema.properties ?? {});
    expect(values.map((value) => (typeof value === "object" ? value.default : value))).toEqual([
      5,
      "5",
      "five",
      { x: [1] },
    ]);
  });
});

describe("the result", () => {
  const rows: [type: string, expected: object][] = [
    ["void", { type: "null" }],
    ["undefined", { type: "null" }],
    ["Promise<void>", { type: "null" }],
    ["Promise<string>", { type: "string" }],
    ["Promise<Promise<string>>", { type: "string" }],
    ["PromiseLike<number>", { type: "number" }],
    ["string | Promise<string>", { type: "string" }],
    ["string | undefined", { type: ["string", "null"] }],
    ['Promise<"b" | "a">', { type: "string", enum: ["b", "a"] }],
    ["unknown", {}],
    ["never", { not: {} }],
    ["Date", { type: "string", format: "date-time", "x-ts": "Date" }],
  ];

  it.each(rows)("of type %s", async (type, expected) => {
    const { outputSchema } = await derive(`/** Does. */\nexport function f(): ${type} { return null!; }`);
    expect(outputSchema).toEqual(expected);
  });

  const streams: [form: string, declaration: string][] = [
    ["AsyncIterable", "export function f(): AsyncIterable<Item> { return null!; }"],
    ["AsyncGenerator", "export async function* f(): AsyncGenerator<Item, void, unknown> {}"],
    ["AsyncIterableIterator", "export function f(): AsyncIterableIterator<Item> { return null!; }"],
    ["ReadableStream", "export function f(): ReadableStream<Item> { return null!; }"],
    ["a stream in a promise", "export async function f(): Promise<ReadableStream<Item>> { return null!; }"],
    ["a generator without an annotation", 'export async function* f() { yield "b" as Item; }'],
  ];
  it.each(streams)("of %s is a list that comes item by item", async (_form, declaration) => {
    const { outputSchema } = await derive(`type Item = "b" | "a";
/** Does.
 * @returns The items. @maxItems 9 */
${declaration}`);
    expect(outputSchema).toMatchObject({
      description: "The items.",
      type: "array",
      items: { type: "string", enum: expect.arrayContaining(["a", "b"]) },
      maxItems: 9,
      "x-ts": "AsyncIterable",
    });
  });

  it("is inferred from the body, with all of the standard library", async () => {
    const { outputSchema } = await derive(`/** Does. */
export async function f() { return { n: Math.max(1, 2), parts: "a b".split(" ") }; }`);
    expect(outputSchema).toEqual({
      type: "object",
      properties: { n: { type: "number" }, parts: { type: "array", items: { type: "string" } } },
      required: ["n", "parts"],
      additionalProperties: false,
    });
  });

  it("has the description and the constraints of its tag", async () => {
    const { outputSchema } = await derive(`/** Does.
 * @returns How many. @minimum 0 @integer */
export function f(): number { return 0; }`);
    expect(outputSchema).toEqual({ description: "How many.", type: "integer", minimum: 0 });
  });
});

describe("what is exported", () => {
  it("is found in every form of an export, in the order of the source", async () => {
    const { tools, problems } = await deriveSource(
      `/** One. */
export function one(): void {}
/** Two. */
export const two = async (): Promise<void> => {};
/** Three. */
function three(): void {}
/** Hidden. */
function hidden(): void {}
/** Five. */
export const five = function (): void {};
export { three, hidden as four };
export type Type = string;
export const value = 1;
export class Failure extends Error {}
export { six } from "./other.ts";`,
      { fileName: "tool.ts", files: { "other.ts": "/** Six. */\nexport function six(): void {}" } },
    );
    expect(problems).toEqual([]);
    expect(tools.map(({ name, description }) => `${name}: ${description}`)).toEqual([
      "one: One.",
      "two: Two.",
      "five: Five.",
      "three: Three.",
      "four: Hidden.",
      "six: Six.",
    ]);
  });

  it("may be a module of CommonJS", async () => {
    const source = "/** Does. @param {string} a - A. */\nfunction f(a) {}\nmodule.exports = { f };";
    expect((await derive(source, "tool.cjs")).inputSchema.required).toEqual(["a"]);
  });

  it("may be a member of what a module of CommonJS exports, written out or one by one", async () => {
    const source = `module.exports = {
  /** One. */
  one: function () { return 1; },
  /** Two. */
  two() { return 2; },
};`;
    const { tools } = await deriveSource(source, { fileName: "tool.cjs" });
    expect(tools.map(({ name, description }) => `${name}: ${description}`)).toEqual(["one: One.", "two: Two."]);
    expect((await derive("/** Does. */\nexports.f = () => 1;", "tool.cjs")).outputSchema).toEqual({ type: "number" });
  });

  it("may have its parameters typed by a variable's annotation", async () => {
    const { inputSchema, call } = await derive(`type Handler = (path: string, depth?: number) => Promise<string>;
/** Does.
 * @param path - The path.
 * @param depth - The depth. */
export const f: Handler = async (path) => path;`);
    expect(call).toEqual({ kind: "positional", parameters: ["path", "depth"] });
    expect(inputSchema.required).toEqual(["path"]);
  });

  it("may be made by another function", async () => {
    const { inputSchema } = await derive(`declare function traced<F>(f: F): F;
/** Does.
 * @param path - The path. */
export const f = traced(async (path: string): Promise<string> => path);`);
    expect(inputSchema.properties).toEqual({ path: { description: "The path.", type: "string" } });
  });
});

describe("a parameter", () => {
  it("may have its comment on itself, of which the tag has the last word", async () => {
    const { inputSchema } = await derive(`/** Does.
 * @param b - Of the tag. */
export function f(/** Of its own. @minimum 1 */ a: number, /** Hidden. @minLength 2 */ b = "bb"): void {}`);
    expect(inputSchema.properties).toEqual({
      a: { description: "Of its own.", type: "number", minimum: 1 },
      b: { description: "Of the tag.", type: "string", minLength: 2, default: "bb" },
    });
  });

  it("of an open type has the constraint of the type, in its order", async () => {
    const { inputSchema, outputSchema } = await derive(`/** Does.
 * @param a - A. */
export function f<T extends "zed" | "abc">(a: T): T { return a; }`);
    expect(inputSchema.properties).toEqual({ a: { description: "A.", type: "string", enum: ["zed", "abc"] } });
    expect(outputSchema).toEqual({ type: "string", enum: ["zed", "abc"] });
  });
});
