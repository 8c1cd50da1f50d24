import { expect, it } from "vitest";
import { deriveSource, fixSource } from "./index.ts";

const source = `
/**
 * @typedef {object} Options
 * @property {number} [limit=3] - How many. @minimum 1
 * @property {string} query - What to look for,
 *   in any language. @minLength 2
 * @property {"new" | "best"} [sort] - The order.
 */

/** A place. @typedef {{ lat: number, lon: number }} Place */

/**
 * Finds things.
 * @param {Options} options - How to find them.
 * @param {string} [path="."] - Where to begin.
 * @param {object} area - The area. @minProperties 1
 * @param {string} area.country - The country. @pattern ^[A-Z]{2}$
 * @param {number} [area.radius=10] - The radius. @minimum 0
 * @param {Place[]} [places] - Places.
 * @returns {Promise<{ found: string[] }>} What was found.
 * @permission net example.com
 */
export async function find(options, path = ".", area, places) {
  return { found: [options.query, path, area.country] };
}

/** @type {(name: string) => number} */
const count = (name) => name.length;

/**
 * Counts.
 * @param name - The name.
 */
export const counted = count;
`;

it("JavaScript with types in JSDoc derives as TypeScript does", async () => {
  const { tools, problems } = await deriveSource(source, { fileName: "tool.js" });
  expect(problems).toEqual([]);
  const [find] = tools;
  expect(find?.call).toEqual({ kind: "positional", parameters: ["options", "path", "area", "places"] });
  expect(find?.permissions.net).toEqual(["example.com"]);
  expect(find?.inputSchema).toEqual({
    type: "object",
    properties: {
      options: {
        description: "How to find them.",
        type: "object",
        properties: {
          limit: { description: "How many.", type: "number", minimum: 1, default: 3 },
          query: { description: "What to look for,\nin any language.", type: "string", minLength: 2 },
          sort: { description: "The order.", type: "string", enum: ["new", "best"] },
        },
        required: ["query"],
        additionalProperties: false,
      },
      path: { description: "Where to begin.", type: "string", default: "." },
      area: {
        description: "The area.",
        type: "object",
        properties: {
          country: { description: "The country.", type: "string", pattern: "^[A-Z]{2}$" },
          radius: { description: "The radius.", type: "number", minimum: 0, default: 10 },
        },
        required: ["country"],
        additionalProperties: false,
        minProperties: 1,
      },
      places: {
        description: "Places.",
        type: "array",
        items: {
          description: "A place.",
          type: "object",
          properties: { lat: { type: "number" }, lon: { type: "number" } },
          required: ["lat", "lon"],
          additionalProperties: false,
        },
      },
    },
    required: ["options", "area"],
    additionalProperties: false,
  });
  expect(find?.outputSchema).toMatchObject({ description: "What was found.", required: ["found"] });
});

it("a JavaScript parameter without a JSDoc type is refused", async () => {
  const { problems } = await deriveSource("/** Does.\n * @param x - The x.\n */\nexport function f(x) {}", {
    fileName: "tool.mjs",
  });
  expect(problems.map(({ code, line, column }) => [code, line, column])).toEqual([["E_UNTYPED", 4, 19]]);
});

it.each(["js", "mjs", "cjs", "jsx"])("the types of a .%s file are asked for in the form of JSDoc", async (ending) => {
  const text = "/** Does.\n * @param x - X.\n * @returns R.\n */\nexport function f(x) { return JSON.parse(x); }";
  const { problems } = await deriveSource(text, { fileName: `tool.${ending}` });
  expect(problems.map(({ code, fix }) => [code, fix])).toEqual([
    ["E_NO_RETURN", expect.stringMatching(/: @returns \{Promise<string>\} /)],
    ["E_UNTYPED", expect.stringMatching(/: @param \{string\} x - /)],
  ]);
});

it("nothing of TypeScript is written into JavaScript", async () => {
  const text = "/** Does. */\nexport function f(x) { return JSON.parse(x); }";
  const { problems, warnings } = await deriveSource(text, { fileName: "tool.js" });
  const { text: mended } = fixSource(text, [...problems, ...warnings]);
  expect(mended).toContain("@param x");
  expect(mended).toContain("export function f(x) { return JSON.parse(x); }");
});

const rows: [what: string, source: string, expected: object][] = [
  ["types of other files", '/** Does.\n * @param {import("./types.js").A} x - X. @param {number} y - Y. */\nexport function f(x, y) {}', { properties: { x: { properties: { a: { description: "The a.", type: "string" } } } } }], // prettier-ignore
  ["a type that is given to a variable", '/** @typedef {(city: string, days?: number) => void} Handler */\n/** Does.\n * @param city - C.\n * @param days - D.\n * @type {Handler} */\nexport const f = (city, days) => {};', { properties: { city: { type: "string" }, days: { type: "number" } }, required: ["city"] }], // prettier-ignore
  ["a template", "/** Does.\n * @template {string} T\n * @param {T[]} x - X. */\nexport function f(x) {}", { properties: { x: { type: "array", items: { type: "string" } } } }], // prettier-ignore
  ["a default in its comment and in the code", '/** Does.\n * @param {string} [x="a"] - X.\n * @param {number[]} [y=[1, 2]] - Y. */\nexport function f(x = "a", y) {}', { properties: { x: { default: "a" }, y: { default: [1, 2] } } }], // prettier-ignore
  ["a nested typedef", "/**\n * @typedef {object} O\n * @property {object} a - A.\n * @property {string} a.b - B.\n */\n/** Does.\n * @param {O} x - X. @param {number} y - Y. */\nexport function f(x, y) {}", { properties: { x: { properties: { a: { properties: { b: { type: "string" } } } } } } }], // prettier-ignore
  ["a rest parameter", "/** Does.\n * @param {...string} x - X. */\nexport function f(...x) {}", { properties: { x: { type: "array", items: { type: "string" } } } }], // prettier-ignore
];

it.each(rows)("JavaScript has %s", async (_what, source, expected) => {
  const files = { "types.d.ts": "export interface A {\n  /** The a. */\n  a: string;\n}" };
  const { tools, problems } = await deriveSource(source, { fileName: "tool.js", files });
  expect(problems).toEqual([]);
  expect(tools[0]?.inputSchema).toMatchObject(expected);
});

it("JavaScript without a type for its result has the one of its body", async () => {
  const source = "/** Does.\n * @param {string} x - X. */\nexport async function* f(x) { yield x.length; }";
  const { tools } = await deriveSource(source, { fileName: "tool.js" });
  expect(tools[0]?.outputSchema).toEqual({ type: "array", items: { type: "number" }, "x-ts": "AsyncIterable" });
});
