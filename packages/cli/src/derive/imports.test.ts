import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DeriveError, deriveFile, deriveFileOrThrow, deriveSource } from "./index.ts";

let folder: string;

const files: Record<string, string> = {
  "node_modules/shapes/package.json": JSON.stringify({
    name: "shapes",
    version: "1.0.0",
    type: "module",
    exports: { ".": { types: "./types/index.d.ts", default: "./index.js" } },
  }),
  "node_modules/shapes/index.js": "",
  "node_modules/shapes/types/index.d.ts": `
    /** A box of the package. */
    export interface Box<T> {
      /** How wide. @minimum 0 */
      width: number;
      content?: T;
      tags: ReadonlySet<Tag>;
    }
    export type Tag = "zed" | "abc";
    export interface Careless {
      /** Whether. @example \`careless({ on: true })\` @minimum low @default perhaps */
      on: boolean;
    }
    /**
     * Packs.
     * @param box - The box.
     * @param gone - No parameter any more.
     * @returns Words.
     */
    export function pack(box: Careless): string;
    export type Opaque = { open(): void };
    export type IsText<T> = T extends { at(index: number): unknown } ? "text" : "other";`,
  "types/place.ts": `
    /** A place. */
    export interface Place {
      /** The country. @pattern ^[A-Z]{2}$ */
      country: string;
    }`,
  "types/plain.js": "/** @typedef {{ a: number }} Plain */\nexport {};",
  "types/index.ts": 'export type { Place } from "./place.ts";',
  "tsconfig.json": '{ "compilerOptions": { "strict": false, "paths": { "shapes": ["./nowhere"] } } }',
  "tool.ts": `
    import type { Box, IsText } from "shapes";
    import type { Place } from "./types/place.ts";
    import type { Place as WithJs } from "./types/place.js";
    import type { Place as Bare } from "./types";
    import type { Plain } from "./types/plain.js";
    import { readFile } from "node:fs/promises";
    /**
     * Does.
     * @param box - The box.
     * @param place - The place.
     * @param others - The others.
     * @param kind - The kind.
     */
    export async function f(box: Box<Place>, place: Place | null, others: [WithJs, Bare, Plain], kind: IsText<string>): Promise<string> {
      return readFile(box.content!.country, "utf8");
    }`,
  "careless.ts": 'export { pack } from "shapes";',
  "refused.ts": `
    import type { Opaque } from "shapes";
    /**
     * Does.
     * @param a - The a.
     * @param b - The b.
     */
    export async function f(a: Opaque, b: any): Promise<void> {}`,
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-derive-"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it("types come from other files and from packages, with their comments", async () => {
  const { tools, problems } = await deriveFile(join(folder, "tool.ts"));
  expect(problems).toEqual([]);
  const place = {
    description: "A place.",
    type: "object",
    properties: { country: { description: "The country.", type: "string", pattern: "^[A-Z]{2}$" } },
    required: ["country"],
    additionalProperties: false,
  };
  expect(tools[0]?.inputSchema.properties).toEqual({
    box: {
      description: "The box.",
      type: "object",
      properties: {
        width: { description: "How wide.", type: "number", minimum: 0 },
        content: place,
        tags: { type: "array", items: { type: "string", enum: ["zed", "abc"] }, uniqueItems: true, "x-ts": "Set" },
      },
      required: ["width", "tags"],
      additionalProperties: false,
    },
    place: { description: "The place.", anyOf: [place, { type: "null" }] },
    others: {
      description: "The others.",
      type: "array",
      prefixItems: [place, place, { type: "object", properties: { a: { type: "number" } }, required: ["a"], additionalProperties: false }], // prettier-ignore
      items: false,
      minItems: 3,
      maxItems: 3,
    },
    kind: { description: "The kind.", type: "string", const: "text" },
  });
});

it("comments of packages that are wrong are left out: nobody here can change them", async () => {
  const { tools, problems } = await deriveFile(join(folder, "careless.ts"));
  expect(problems).toEqual([]);
  expect(tools[0]?.inputSchema.properties).toEqual({
    on: { description: "Whether.", type: "boolean" },
  });
});

it("a problem in a package is shown where the user's code names the type", async () => {
  const { problems } = await deriveFile(join(folder, "refused.ts"));
  expect(problems.map(({ code, file, line, column, message }) => [code, file, line, column, message])).toEqual([
    ["E_FUNCTION", join(folder, "refused.ts"), 8, 29, '"a.open" is a function, which cannot be sent as JSON.'],
    ["E_ANY", join(folder, "refused.ts"), 8, 43, '"b" has the type any.'],
  ]);
});

it("deriveFileOrThrow throws all problems at once", async () => {
  const error: unknown = await deriveFileOrThrow(join(folder, "refused.ts")).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DeriveError);
  expect(error).toMatchObject({
    code: "DERIVE_REFUSED",
    data: { problems: [{ code: "E_FUNCTION" }, { code: "E_ANY" }] },
  });
});

it("a file that is not there, or no source file, is an error that says so", async () => {
  await expect(deriveFile(join(folder, "gone.ts"))).rejects.toMatchObject({ code: "DERIVE_FILE_UNREADABLE" });
  await expect(deriveFile(join(folder, "tsconfig.json"))).rejects.toMatchObject({ code: "DERIVE_FILE_UNREADABLE" });
  await expect(deriveSource("", { fileName: "types.d.ts" })).rejects.toMatchObject({ code: "DERIVE_FILE_UNREADABLE" });
});
