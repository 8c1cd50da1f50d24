import { describe, expect, it } from "vitest";
import { deriveOne } from "./test-support/derive-one.ts";

describe("the form of a call", () => {
  it("is positional for several parameters, in their order", async () => {
    const { call, inputSchema } = await deriveOne(`
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
    const { call, inputSchema } = await deriveOne(`
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
    const { call } = await deriveOne(`class C { a = 1 }
/** Does.
 * @param x - The x. */
export function f(x: ${type}): void {}`);
    expect(call).toEqual({ kind: "positional", parameters: ["x"] });
  });

  it("names the rest parameter, which is an array that may be left out", async () => {
    const { call, inputSchema } = await deriveOne(`
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
    const { call, inputSchema } = await deriveOne("/** Does. */\nexport const f = () => {};");
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
    const { call, inputSchema } = await deriveOne(`${options}
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
    const { call, inputSchema } = await deriveOne(`${options}
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

describe("a parameter", () => {
  it("may have its comment on itself, of which the tag has the last word", async () => {
    const { inputSchema } = await deriveOne(`/** Does.
 * @param b - Of the tag. */
export function f(/** Of its own. @minimum 1 */ a: number, /** Hidden. @minLength 2 */ b = "bb"): void {}`);
    expect(inputSchema.properties).toEqual({
      a: { description: "Of its own.", type: "number", minimum: 1 },
      b: { description: "Of the tag.", type: "string", minLength: 2, default: "bb" },
    });
  });

  it("of an open type has the constraint of the type, in its order", async () => {
    const { inputSchema, outputSchema } = await deriveOne(`/** Does.
 * @param a - A. */
export function f<T extends "zed" | "abc">(a: T): T { return a; }`);
    expect(inputSchema.properties).toEqual({ a: { description: "A.", type: "string", enum: ["zed", "abc"] } });
    expect(outputSchema).toEqual({ type: "string", enum: ["zed", "abc"] });
  });
});
