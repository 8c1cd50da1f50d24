import fc from "fast-check";
import { type JsonSchema, SchemaValidator } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { deriveSource } from "./index.ts";

const tool = `
interface Issue { state: "open" | "closed"; size: 3 | 1 | 2; zed: string; abc: number }
type Level = "low" | "high" | "extra";
interface Circle { kind: "circle"; r: number }
interface Rect { kind: "rect"; w: number }
/**
 * Does.
 * @param a - A.
 * @param b - B.
 * @param c - C.
 * @param d - D.
 * @param e - E.
 * @param g - G.
 */
export function f(
  a: Level,
  b: Partial<Pick<Issue, "zed" | "state" | "abc">>,
  c: Rect | Circle | null,
  d: Record<"zed" | "mid" | "abc", 1>,
  e: Exclude<keyof Issue, "size">,
  g: Omit<Issue, "state"> & { more: "z" | "a" },
) {
  if (a === "low") return "zed";
  return a === "high" ? "mid" : c === null ? 7 : "abc";
}`;

/** The same literals and shapes in other orders. */
const noise = `
interface Rect { kind: "rect"; w: number }
interface Circle { kind: "circle"; r: number }
export type A = "extra" | "high" | "low" | "closed" | "open" | 2 | 3 | 1 | "a" | "z";
export type B = Record<"abc" | "mid" | "zed" | "size" | "state", 7>;
export type C = Circle | Rect;
`;

/** Is derived before the tool. */
const first = `
import type { A, B, C } from "./noise.ts";
/**
 * Comes first.
 * @param a - A.
 * @param b - B.
 * @param c - C.
 */
export function first(a: A, b: B, c: C): keyof B | 7 { return 7; }
`;

describe("the schema of a source", () => {
  it("is the same whatever the compiler reads before", async () => {
    const options = { fileName: "tool.ts", files: { "noise.ts": noise } };
    const alone = await deriveSource(tool, options);
    const second = await deriveSource(first + tool, options);
    expect(alone.tools).toHaveLength(1);
    expect(second.tools.map(({ name }) => name)).toEqual(["first", "f"]);
    expect(JSON.stringify(second.tools[1])).toBe(JSON.stringify(alone.tools[0]));
  });

  it("has the order of the annotations, and without one is sorted", async () => {
    const { tools } = await deriveSource(tool, { fileName: "tool.ts" });
    const { a, b, c, d, e, g } = tools[0]?.inputSchema.properties ?? {};
    expect(a).toMatchObject({ enum: ["low", "high", "extra"] });
    expect(keys(b)).toEqual(["state", "zed", "abc"]);
    expect(c).toMatchObject({ anyOf: [{ required: ["kind", "w"] }, { required: ["kind", "r"] }, { type: "null" }] });
    expect(keys(d)).toEqual(["abc", "mid", "zed"]);
    expect(e).toMatchObject({ enum: ["state", "zed", "abc"] });
    expect(keys(g)).toEqual(["size", "zed", "abc", "more"]);
    expect(tools[0]?.outputSchema).toEqual({ type: ["string", "number"], enum: ["abc", "mid", "zed", 7] });
  });

  it("does not depend on where an imported type lies", async () => {
    const files = (folder: string) => ({
      [`${folder}/a.ts`]: "export interface A { x?: B } export interface B { y: A[] }",
    });
    const derive = async (folder: string) =>
      deriveSource(
        `import type { A } from "./${folder}/a.ts";\n/** Does.\n * @param a - A.\n * @param n - N.\n */\nexport function f(a: A, n: 1): void {}`,
        { fileName: "tool.ts", files: files(folder) },
      );
    const [zed, abc] = [await derive("zed"), await derive("abc")];
    expect(zed.tools).toHaveLength(1);
    expect(JSON.stringify(zed.tools)).toBe(JSON.stringify(abc.tools));
  });
});

function keys(schema: JsonSchema | undefined): string[] {
  return typeof schema === "object" ? Object.keys(schema.properties ?? {}) : [];
}

/** A type as TypeScript writes it, with values that belong to it. */
const typed = fc.letrec<{ type: [string, unknown] }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.string({ maxLength: 5 }).map((text): [string, unknown] => ["string", text]),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value): [string, unknown] => ["number", value]),
    fc.boolean().map((value): [string, unknown] => ["boolean", value]),
    fc.constantFrom<[string, unknown]>(["null", null], ["unknown", { any: 1 }], ["Date", "2026-01-02T03:04:05Z"]),
    fc.string({ maxLength: 3 }).map((text): [string, unknown] => [JSON.stringify(text), text]),
    fc.integer().map((value): [string, unknown] => [String(value), value]),
    tie("type").map(([type, value]): [string, unknown] => [`(${type})[]`, [value, value]]),
    tie("type").map(([type, value]): [string, unknown] => [`Record<string, ${type}>`, { key: value }]),
    tie("type").map(([type, value]): [string, unknown] => [`Partial<{ a: ${type} }>`, { a: value }]),
    fc.tuple(tie("type"), tie("type")).map(([a, b]): [string, unknown] => [`(${a[0]}) | (${b[0]})`, b[1]]),
    fc.tuple(tie("type"), tie("type")).map(([a, b]): [string, unknown] => [`[${a[0]}, (${b[0]})?]`, [a[1]]]),
    fc
      .tuple(tie("type"), tie("type"))
      .map(([a, b]): [string, unknown] => [`{ a: ${a[0]}; "b-c"?: ${b[0]} }`, { a: a[1], "b-c": b[1] }]),
  ),
}));

it("the schema of any type accepts the values of the type", async () => {
  const types = fc.sample(typed.type, { numRuns: 300, seed: 7 });
  const functions = types.map(
    ([type], index) => `/** Does. */\nexport function f${index}(): ${type} { return null!; }`,
  );
  const { tools, problems } = await deriveSource(functions.join("\n"), { fileName: "tool.ts", library: "minimal" });
  expect(problems).toEqual([]);
  const refused = tools.filter(({ outputSchema = true }, index) => {
    return new SchemaValidator(outputSchema).findings(types[index]?.[1]).length > 0;
  });
  expect(refused.map(({ exportName, outputSchema }) => [types[Number(exportName.slice(1))], outputSchema])).toEqual([]);
});
