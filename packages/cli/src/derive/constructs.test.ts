import type { JsonSchemaObject } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { deriveSource } from "./index.ts";

/** A function with a parameter of a type. */
function source(type: string, declarations = ""): string {
  return `${declarations}
/**
 * Does something.
 * @param value - The value.
 * @param other - Another parameter, so that an object is not the input itself.
 */
export function f(value: ${type}, other: string): void {}`;
}

/** Derives the schema of a parameter of a type. */
async function schemaOf(type: string, declarations = ""): Promise<unknown> {
  const { tools, problems } = await deriveSource(source(type, declarations), { fileName: "tool.ts" });
  expect(problems).toEqual([]);
  const input = tools[0]?.inputSchema;
  const { description, ...schema } = (input?.properties?.["value"] ?? {}) as JsonSchemaObject;
  expect(description).toBe("The value.");
  return input?.$defs === undefined ? schema : { ...schema, $defs: input.$defs };
}

const string = { type: "string" };
const number = { type: "number" };
const object = (properties: object, ...required: string[]) => ({
  type: "object",
  properties,
  ...(required.length > 0 && { required }),
  additionalProperties: false,
});

const plainTypes: [type: string, expected: object][] = [
  ["string", string],
  ["number", number],
  ["boolean", { type: "boolean" }],
  ["null", { type: "null" }],
  ["unknown", {}],
  ["object", { type: "object" }],
  ["never", { not: {} }],
  ["bigint", { type: "string", pattern: "^-?[0-9]+$", "x-ts": "bigint" }],
  ['"a"', { type: "string", const: "a" }],
  ["7", { type: "number", const: 7 }],
  ["-7", { type: "number", const: -7 }],
  ["true", { type: "boolean", const: true }],
  ["10n", { type: "string", const: "10", "x-ts": "bigint" }],
];

const unions: [type: string, expected: object][] = [
  ['"zed" | "mid" | "abc"', { type: "string", enum: ["zed", "mid", "abc"] }],
  ["3 | 1 | 2", { type: "number", enum: [3, 1, 2] }],
  ['"a" | 1 | true', { type: ["string", "number", "boolean"], enum: ["a", 1, true] }],
  ["string | number", { type: ["string", "number"] }],
  ["number | string", { type: ["number", "string"] }],
  ["boolean | string", { type: ["boolean", "string"] }],
  ["string | null", { type: ["string", "null"] }],
  ["null | string", { type: ["string", "null"] }],
  ['"a" | "b" | null', { type: ["string", "null"], enum: ["a", "b", null] }],
  ['"a" | null', { type: ["string", "null"], enum: ["a", null] }],
  ["true | null", { type: ["boolean", "null"], enum: [true, null] }],
  ["boolean | null", { type: ["boolean", "null"] }],
  ['number | "auto"', { anyOf: [number, { type: "string", const: "auto" }] }],
  ['"auto" | number | "none"', { anyOf: [{ type: "string", enum: ["auto", "none"] }, number] }],
  ["string[] | null", { anyOf: [{ type: "array", items: string }, { type: "null" }] }],
  ["{ a: string } | string", { anyOf: [object({ a: string }, "a"), string] }],
  ["{ a: 1 } | { a: 1 }", object({ a: { type: "number", const: 1 } }, "a")],
  ["string | Date", { anyOf: [string, { type: "string", format: "date-time", "x-ts": "Date" }] }],
  ['"a" | (string & {})', { anyOf: [{ type: "string", const: "a" }, string] }],
  [
    '{ kind: "b"; b: number } | { kind: "a"; a: string }',
    {
      anyOf: [
        object({ kind: { type: "string", const: "b" }, b: number }, "kind", "b"),
        object({ kind: { type: "string", const: "a" }, a: string }, "kind", "a"),
      ],
    },
  ],
];

const lists: [type: string, expected: object][] = [
  ["string[]", { type: "array", items: string }],
  ["readonly string[]", { type: "array", items: string }],
  ["Array<string>", { type: "array", items: string }],
  ["ReadonlyArray<number>", { type: "array", items: number }],
  ["unknown[]", { type: "array", items: {} }],
  ["string[][]", { type: "array", items: { type: "array", items: string } }],
  ['("b" | "a")[]', { type: "array", items: { type: "string", enum: ["b", "a"] } }],
  ["[string, number]", { type: "array", prefixItems: [string, number], items: false, minItems: 2, maxItems: 2 }],
  ["readonly [string]", { type: "array", prefixItems: [string], items: false, minItems: 1, maxItems: 1 }],
  ["[string, number?]", { type: "array", prefixItems: [string, number], items: false, minItems: 1, maxItems: 2 }],
  ["[string, ...number[]]", { type: "array", prefixItems: [string], items: number, minItems: 1 }],
  ["[...string[]]", { type: "array", items: string }],
  ["[]", { type: "array", items: false, maxItems: 0 }],
  [
    "[width: number, height: number]",
    {
      type: "array",
      prefixItems: [
        { title: "width", type: "number" },
        { title: "height", type: "number" },
      ],
      items: false,
      minItems: 2,
      maxItems: 2,
    },
  ],
];

const objects: [type: string, expected: object][] = [
  ["{ a: string; b?: number }", object({ a: string, b: number }, "a")],
  ["{ a: string | undefined }", object({ a: string })],
  ["{ a?: string | null }", object({ a: { type: ["string", "null"] } })],
  ["{ a: undefined; b: string; c?: never }", object({ b: string }, "b")],
  ["{ a: never }", object({ a: { not: {} } }, "a")],
  ["{ readonly a: string }", object({ a: string }, "a")],
  ['{ "content-type": string }', object({ "content-type": string }, "content-type")],
  ["{ a: { b: { c: string } } }", object({ a: object({ b: object({ c: string }, "c") }, "b") }, "a")],
  ["{}", { type: "object" }],
  ["Record<string, number>", { type: "object", additionalProperties: number }],
  ["Record<string, unknown>", { type: "object", additionalProperties: {} }],
  ["{ [key: string]: number }", { type: "object", additionalProperties: number }],
  ["Record<string, string | undefined>", { type: "object", additionalProperties: string }],
  [
    "{ a: string; [key: string]: string }",
    { type: "object", properties: { a: string }, required: ["a"], additionalProperties: string },
  ],
  [
    "{ [key: number]: string }",
    { type: "object", patternProperties: { "^-?[0-9]+(\\.[0-9]+)?$": string }, additionalProperties: false },
  ],
  [
    "{ [key: `x-${string}`]: string }",
    { type: "object", patternProperties: { "^x-[\\s\\S]*$": string }, additionalProperties: false },
  ],
  ['Record<"b" | "a", number>', object({ a: number, b: number }, "a", "b")],
  ["{ a: string } & { b: number }", object({ a: string, b: number }, "a", "b")],
  ["{ a: string } & { a: string | number; b?: 1 }", object({ a: string, b: { type: "number", const: 1 } }, "a")],
  [
    "{ a: 1 } & Record<string, number>",
    {
      type: "object",
      properties: { a: { type: "number", const: 1 } },
      required: ["a"],
      additionalProperties: number,
    },
  ],
];

const builtins: [type: string, expected: object][] = [
  ["Date", { type: "string", format: "date-time", "x-ts": "Date" }],
  ["URL", { type: "string", format: "uri", "x-ts": "URL" }],
  ["RegExp", { type: "string", format: "regex", "x-ts": "RegExp" }],
  ["Uint8Array", { type: "string", contentEncoding: "base64", "x-ts": "Uint8Array" }],
  ["ArrayBuffer", { type: "string", contentEncoding: "base64", "x-ts": "ArrayBuffer" }],
  ["Buffer", { type: "string", contentEncoding: "base64", "x-ts": "Buffer" }],
  ["Blob", { type: "string", contentEncoding: "base64", "x-ts": "Blob" }],
  ["Map<string, number>", { type: "object", additionalProperties: number, "x-ts": "Map" }],
  ["Set<string>", { type: "array", items: string, uniqueItems: true, "x-ts": "Set" }],
  ["ReadonlySet<string>", { type: "array", items: string, uniqueItems: true, "x-ts": "Set" }],
  [
    "Map<number, string>",
    {
      type: "array",
      items: { type: "array", prefixItems: [number, string], items: false, minItems: 2, maxItems: 2 },
      "x-ts": "Map",
    },
  ],
];

const texts: [type: string, expected: object][] = [
  ["`${number}px`", { type: "string", pattern: "^-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?px$" }],
  ["`v${string}.${bigint}`", { type: "string", pattern: "^v[\\s\\S]*\\.-?[0-9]+$" }],
  ['`${"a" | "b"}-1`', { type: "string", enum: ["a-1", "b-1"] }],
  ["`a${number}` | `b${string}`", { anyOf: [{ type: "string", pattern: "^a-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?$" }, { type: "string", pattern: "^b[\\s\\S]*$" }] }], // prettier-ignore
  ["Uppercase<string>", { type: "string", pattern: "^[^a-z]*$" }],
  ["Lowercase<string>", { type: "string", pattern: "^[^A-Z]*$" }],
  ["Capitalize<string>", { type: "string", pattern: "^(?:[^a-z][\\s\\S]*)?$" }],
  ["Uncapitalize<string>", { type: "string", pattern: "^(?:[^A-Z][\\s\\S]*)?$" }],
  ["`on${Capitalize<string>}`", { type: "string", pattern: "^on(?:[^a-z][\\s\\S]*)?$" }],
  ["`${boolean}`", { type: "string", enum: ["false", "true"] }],
  ["`(${Lowercase<string>}|${boolean})`", { anyOf: ["false", "true"].map((word) => ({ type: "string", pattern: `^\\([^A-Z]*\\|${word}\\)$` })) }], // prettier-ignore
  ['Uppercase<"a" | "b">', { type: "string", enum: ["A", "B"] }],
];

const declared: [name: string, type: string, declarations: string, expected: object][] = [
  ["interface", "P", "interface P { x: number; y?: number }", object({ x: number, y: number }, "x")],
  ["interface extends", "Q", "interface P { x: number } interface Q extends P { y: number }", object({ y: number, x: number }, "y", "x")], // prettier-ignore
  ["alias of a union", "U", 'type U = "zed" | "abc";', { type: "string", enum: ["zed", "abc"] }],
  ["alias of an alias", "V | null", 'type U = "zed" | "abc"; type V = U;', { type: ["string", "null"], enum: ["zed", "abc", null] }], // prettier-ignore
  ["text enum", "E", 'enum E { Z = "z", A = "a" }', { type: "string", enum: ["z", "a"] }],
  ["number enum", "E", "enum E { One = 1, Two }", { type: "number", enum: [1, 2] }],
  ["const enum", "E", 'const enum E { Z = "z", A = "a" }', { type: "string", enum: ["z", "a"] }],
  ["mixed enum", "E", 'enum E { One = 1, A = "a" }', { type: ["number", "string"], enum: [1, "a"] }],
  ["enum member", "E.A", 'enum E { Z = "z", A = "a" }', { type: "string", const: "a" }],
  ["enum of constant expressions", "E", "enum E { A = 1 << 2, B = A | 1 }", { type: "number", enum: [4, 5] }],
  ["brand", "Id", 'type Id = string & { __brand: "Id" };', string],
  ["brand by unique symbol", "Id", "declare const mark: unique symbol; type Id = number & { [mark]: true };", number],
  ["property named by a symbol", "T", "declare const mark: unique symbol; type T = { a: string; [mark]: true };", object({ a: string }, "a")], // prettier-ignore
  ["Partial", "Partial<P>", "interface P { x: number; y: string }", object({ x: number, y: string })],
  ["Required", "Required<P>", "interface P { x?: number }", object({ x: number }, "x")],
  ["Pick in the order of the type", 'Pick<P, "y" | "x">', "interface P { x: number; y: string; z: 1 }", object({ x: number, y: string }, "x", "y")], // prettier-ignore
  ["Omit", 'Omit<P, "z">', "interface P { x: number; y: string; z: 1 }", object({ x: number, y: string }, "x", "y")],
  ["Readonly", "Readonly<P>", "interface P { x: number }", object({ x: number }, "x")],
  ["Exclude", 'Exclude<U, "b">', 'type U = "c" | "b" | "a";', { type: "string", enum: ["c", "a"] }],
  ["NonNullable", "NonNullable<string | null>", "", string],
  ["ReturnType", "ReturnType<typeof g>", "declare function g(): { a: string };", object({ a: string }, "a")],
  ["Awaited", "Awaited<Promise<string>>", "", string],
  ["Parameters", "Parameters<typeof g>[0]", "declare function g(a: string): void;", string],
  ["keyof in the order of the properties", "keyof P", "interface P { zed: 1; abc: 2 }", { type: "string", enum: ["zed", "abc"] }], // prettier-ignore
  ["indexed access", 'P["state"]', 'interface P { state: "open" | "closed" }', { type: "string", enum: ["open", "closed"] }], // prettier-ignore
  ["members of a constant tuple", "(typeof levels)[number]", 'const levels = ["low", "high", "extra"] as const;', { type: "string", enum: ["low", "high", "extra"] }], // prettier-ignore
  ["typeof a constant object", "typeof c", 'const c = { a: 1, b: "x" };', object({ a: number, b: string }, "a", "b")],
  ["mapped type", "{ [K in keyof P]: P[K][] }", "interface P { x: number }", object({ x: { type: "array", items: number } }, "x")], // prettier-ignore
  ["key remapping", "{ [K in keyof P as `get_${K}`]: P[K] }", "interface P { x: number }", object({ get_x: number }, "get_x")], // prettier-ignore
  ["conditional type", "If<true>", "type If<T> = T extends true ? string : number;", string],
  ["generic interface", "Box<string>", "interface Box<T> { value: T; list?: T[] }", object({ value: string, list: { type: "array", items: string } }, "value")], // prettier-ignore
  ["generic alias with null", "Maybe<'b' | 'a'>", "type Maybe<T> = T | null;", { type: ["string", "null"], enum: ["b", "a", null] }], // prettier-ignore
  ["Record of an enum", "Record<E, number>", 'enum E { Z = "z", A = "a" }', object({ a: number, z: number }, "a", "z")],
  ["class with public data", "C", "class C { a = 1; #b = 2; private c = 3; protected d = 4; static e = 5; readonly f?: string; get g(): number { return 1 } }", object({ a: number, f: string, g: number }, "a", "g")], // prettier-ignore
  ["class that extends a class", "D", "class C { a = 1 } class D extends C { b = '' }", object({ b: string, a: number }, "b", "a")], // prettier-ignore
  ["merged interfaces", "P", "interface P { x: number } interface P { y: number }", object({ x: number, y: number }, "x", "y")], // prettier-ignore
];

const recursive: [name: string, type: string, declarations: string, expected: object][] = [
  [
    "interface that contains itself",
    "Tree",
    "interface Tree { children: Tree[] }",
    {
      $ref: "#/$defs/Tree",
      $defs: { Tree: object({ children: { type: "array", items: { $ref: "#/$defs/Tree" } } }, "children") },
    },
  ],
  [
    "optional reference to itself",
    "List",
    "interface List { value: number; next?: List }",
    { $ref: "#/$defs/List", $defs: { List: object({ value: number, next: { $ref: "#/$defs/List" } }, "value") } },
  ],
  [
    "union that contains itself",
    "Json",
    "type Json = string | number | boolean | null | Json[] | { [key: string]: Json };",
    {
      $ref: "#/$defs/Json",
      $defs: {
        Json: {
          anyOf: [
            string,
            number,
            { type: "boolean" },
            { type: "array", items: { $ref: "#/$defs/Json" } },
            { type: "object", additionalProperties: { $ref: "#/$defs/Json" } },
            { type: "null" },
          ],
        },
      },
    },
  ],
  [
    "two types that contain each other",
    "A",
    "interface A { b?: B } interface B { a?: A }",
    { $ref: "#/$defs/A", $defs: { A: object({ b: object({ a: { $ref: "#/$defs/A" } }) }) } },
  ],
  [
    "generic type that contains itself",
    "Box<string>",
    "interface Box<T> { value: T; inner?: Box<T> }",
    {
      $ref: "#/$defs/Box_string",
      $defs: { Box_string: object({ value: string, inner: { $ref: "#/$defs/Box_string" } }, "value") },
    },
  ],
  [
    "array that contains itself",
    "Nested",
    "type Nested = Nested[];",
    { $ref: "#/$defs/Nested", $defs: { Nested: { type: "array", items: { $ref: "#/$defs/Nested" } } } },
  ],
  [
    "type without a name",
    "typeof node",
    "declare const node: { value: 1; next?: typeof node };",
    {
      $ref: "#/$defs/Recursive",
      $defs: {
        Recursive: object({ value: { type: "number", const: 1 }, next: { $ref: "#/$defs/Recursive" } }, "value"),
      },
    },
  ],
  [
    "tuple that contains itself",
    "Pair",
    "type Pair = [number, Pair | null];",
    {
      $ref: "#/$defs/Pair",
      $defs: {
        Pair: {
          type: "array",
          prefixItems: [number, { anyOf: [{ $ref: "#/$defs/Pair" }, { type: "null" }] }],
          items: false,
          minItems: 2,
          maxItems: 2,
        },
      },
    },
  ],
  [
    "two types of one name",
    "{ a?: a.T; b?: b.T }",
    "namespace a { export interface T { t?: T; a: 1 } } namespace b { export interface T { t?: T; b: 1 } }",
    {
      ...object({ a: { $ref: "#/$defs/T" }, b: { $ref: "#/$defs/T_2" } }),
      $defs: {
        T: object({ t: { $ref: "#/$defs/T" }, a: { type: "number", const: 1 } }, "a"),
        T_2: object({ t: { $ref: "#/$defs/T_2" }, b: { type: "number", const: 1 } }, "b"),
      },
    },
  ],
];

describe("the schema of a type", () => {
  it.each([...plainTypes, ...unions, ...lists, ...objects, ...builtins, ...texts])("%s", async (type, expected) => {
    expect(await schemaOf(type)).toEqual(expected);
  });

  it.each([...declared, ...recursive])("%s", async (_name, type, declarations, expected) => {
    expect(await schemaOf(type, declarations)).toEqual(expected);
  });

  it("has definitions of its own for the input and for the result, with descriptions beside the references", async () => {
    const tree = "/** A tree. */\ninterface Tree {\n/** Below. */\nbelow?: Tree }";
    const tool = `${tree}\n/** Does. @param tree - The tree.\n * @param n - N. @returns The other tree. */\nexport function f(tree: Tree, n: 1): Tree { return tree; }`;
    const { tools } = await deriveSource(tool, { fileName: "tool.ts" });
    const $defs = {
      Tree: {
        description: "A tree.",
        ...object({ below: { $ref: "#/$defs/Tree", description: "Below." } }),
      },
    };
    expect(tools[0]?.inputSchema).toMatchObject({ properties: { tree: { $ref: "#/$defs/Tree", description: "The tree." } }, $defs }); // prettier-ignore
    expect(tools[0]?.outputSchema).toEqual({ $ref: "#/$defs/Tree", description: "The other tree.", $defs });
  });

  it("has the same bytes with the minimal library and the full one", async () => {
    const onlyInFull = new Set(["Blob", "Buffer"]);
    const rows: [type: string, declarations?: string][] = [
      ...[...plainTypes, ...unions, ...lists, ...objects, ...builtins, ...texts].map(([type]): [string] => [type]),
      ...[...declared, ...recursive].map(([, type, declarations]): [string, string] => [type, declarations]),
    ];
    const files: Record<string, string> = {};
    let exports = "";
    for (const [index, [type, declarations]] of rows.entries()) {
      if (onlyInFull.has(type)) continue;
      files[`row${index}.ts`] = source(type, declarations);
      exports += `export { f as f${index} } from "./row${index}.ts";\n`;
    }
    const minimal = await deriveSource(exports, { fileName: "all.ts", files, library: "minimal" });
    const full = await deriveSource(exports, { fileName: "all.ts", files, library: "full" });
    expect(minimal.tools).toHaveLength(rows.length - onlyInFull.size);
    expect(JSON.stringify(minimal)).toBe(JSON.stringify(full));
  });
});
