import { describe, expect, it } from "vitest";
import { deriveOne } from "./test-support/derive-one.ts";

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
    const { inputSchema } = await deriveOne(`${declarations}
/** Does.
 * @param y - Another one, so that an object is not the input itself.
 * @param x - The x. */
export function f(y: string, x = ${initialiser}): void {}`);
    expect(inputSchema.properties?.["x"]).toHaveProperty("default", expected);
    expect(inputSchema.required ?? []).not.toContain("x");
  });

  it("of undefined is none", async () => {
    const { inputSchema } = await deriveOne(`/** Does.
 * @param x - The x. */
export function f(x: string | undefined = undefined): void {}`);
    expect(inputSchema.properties?.["x"]).toEqual({ description: "The x.", type: "string" });
    expect(inputSchema.required).toBeUndefined();
  });

  it("that the code computes may be named by a tag", async () => {
    const { inputSchema } = await deriveOne(`/** Does.
 * @param x - The x. @default . */
export function f(x: string = String(1)): void {}`);
    expect(inputSchema.properties?.["x"]).toEqual({ description: "The x.", type: "string", default: "." });
  });

  it("in a comment is JSON, or else text", async () => {
    const { inputSchema } = await deriveOne(`interface P {
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
