import { describe, expect, it } from "vitest";
import { deriveOne } from "./test-support/derive-one.ts";

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
    const { outputSchema } = await deriveOne(`/** Does. */\nexport function f(): ${type} { return null!; }`);
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
    const { outputSchema } = await deriveOne(`type Item = "b" | "a";
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
    const { outputSchema } = await deriveOne(`/** Does. */
export async function f() { return { n: Math.max(1, 2), parts: "a b".split(" ") }; }`);
    expect(outputSchema).toEqual({
      type: "object",
      properties: { n: { type: "number" }, parts: { type: "array", items: { type: "string" } } },
      required: ["n", "parts"],
      additionalProperties: false,
    });
  });

  it("has the description and the constraints of its tag", async () => {
    const { outputSchema } = await deriveOne(`/** Does.
 * @returns How many. @minimum 0 @integer */
export function f(): number { return 0; }`);
    expect(outputSchema).toEqual({ description: "How many.", type: "integer", minimum: 0 });
  });
});
