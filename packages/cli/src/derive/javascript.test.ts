import { expect, it } from "vitest";
import { deriveSource } from "./index.ts";

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
