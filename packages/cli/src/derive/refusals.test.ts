import { beforeAll, describe, expect, it } from "vitest";
import { deriveSource } from "./index.ts";

const described = (declaration: string) =>
  `/**\n * Does.\n * @param x - The x.\n * @param y - The y.\n */\n${declaration}`;

interface Refusal {
  name: string;
  source: string;
  code: string;
  /** Line, column and what is underlined. */
  at: [line: number, column: number, text: string];
  message?: RegExp;
  fix?: RegExp;
}

const inTypes: Refusal[] = [
  {
    name: "any",
    source: described("export function f(x: any, y: string): void {}"),
    code: "E_ANY",
    at: [6, 22, "any"],
  },
  { name: "any in an object", source: described("export function f(x: { a: any[] }, y: string): void {}"), code: "E_ANY", at: [6, 27, "any"] }, // prettier-ignore
  { name: "any in an interface", source: described("export function f(x: P, y: string): void {}\ninterface P {\n  a: any;\n}"), code: "E_ANY", at: [8, 6, "any"], message: /"x\.a"/ }, // prettier-ignore
  { name: "type that is not found", source: described("export function f(x: Missing, y: string): void {}"), code: "E_ANY", at: [6, 22, "Missing"], message: /Missing, which cannot be found/, fix: /declare Missing/ }, // prettier-ignore
  { name: "type from a file that is not found", source: described('export function f(x: A, y: string): void {}\nimport type { A } from "./gone.ts";'), code: "E_ANY", at: [6, 22, "A"], message: /A, which cannot be found/ }, // prettier-ignore
  { name: "function type", source: described("export function f(x: () => void, y: string): void {}"), code: "E_FUNCTION", at: [6, 22, "() => void"] }, // prettier-ignore
  { name: "method", source: described("export function f(x: P, y: string): void {}\ninterface P {\n  a(): void;\n}"), code: "E_FUNCTION", at: [8, 3, "a"], message: /"x\.a"/ }, // prettier-ignore
  { name: "optional method", source: described("export function f(x: { a?(): void }, y: string): void {}"), code: "E_FUNCTION", at: [6, 24, "a"] }, // prettier-ignore
  { name: "method of a class", source: described("export function f(x: C, y: string): void {}\nclass C {\n  a = 1;\n  go() {}\n}"), code: "E_FUNCTION", at: [9, 3, "go"] }, // prettier-ignore
  { name: "constructor", source: described("export function f(x: new () => object, y: string): void {}"), code: "E_FUNCTION", at: [6, 22, "new () => object"] }, // prettier-ignore
  { name: "Function", source: described("export function f(x: Function, y: string): void {}"), code: "E_FUNCTION", at: [6, 22, "Function"] }, // prettier-ignore
  { name: "promise as a parameter", source: described("export function f(x: Promise<string>, y: string): void {}"), code: "E_STREAM", at: [6, 22, "Promise<string>"] }, // prettier-ignore
  { name: "iterable as a result", source: described("export function f(x: string, y: string): Iterable<string> { return []; }"), code: "E_STREAM", at: [6, 42, "Iterable<string>"] }, // prettier-ignore
  { name: "list-like object as a result", source: described("export function f(x: string, y: string): ArrayLike<string> { return []; }"), code: "E_CLASS", at: [6, 42, "ArrayLike<string>"] }, // prettier-ignore
  { name: "view of bytes", source: described("export function f(x: ArrayBufferView, y: string): void {}"), code: "E_CLASS", at: [6, 22, "ArrayBufferView"] }, // prettier-ignore
  { name: "optional function in the author's own type", source: described("export function f(x: { a?: () => 1 }, y: string): void {}"), code: "E_FUNCTION", at: [6, 28, "() => 1"] }, // prettier-ignore
  { name: "function in the author's own union", source: described("export function f(x: string | (() => 1), y: string): void {}"), code: "E_FUNCTION", at: [6, 31, "(() => 1)"] }, // prettier-ignore
  { name: "optional callback of the author's own function", source: described("export function f(x: string, y?: () => 1): void {}"), code: "E_FUNCTION", at: [6, 34, "() => 1"] }, // prettier-ignore
  { name: "object that can be iterated", source: described("export function f(x: { a: 1; [Symbol.iterator](): 1 }, y: string): void {}"), code: "E_FUNCTION", at: [6, 30, "[Symbol.iterator]"] }, // prettier-ignore
  { name: "undefined alone", source: described("export function f(x: void | undefined, y: string): void {}"), code: "E_UNSUPPORTED", at: [6, 22, "void | undefined"] }, // prettier-ignore
  { name: "stream within a result", source: described("export function f(x: string, y: string): { a: AsyncIterable<1> } { return null!; }"), code: "E_STREAM", at: [6, 47, "AsyncIterable<1>"] }, // prettier-ignore
  { name: "stream or a value as a result", source: described("export function f(x: string, y: string): AsyncIterable<1> | string { return null!; }"), code: "E_STREAM", at: [6, 42, "AsyncIterable<1>"] }, // prettier-ignore
  { name: "generator as a result", source: described("export function* f(x: string, y: string): Generator<string> { yield x; }"), code: "E_STREAM", at: [6, 43, "Generator<string>"] }, // prettier-ignore
  ...["AsyncIterable<1>", "AsyncGenerator<1>", "AsyncIterableIterator<1>", "ReadableStream<1>", "Generator<1>"].map((type) => ({ name: `${type} as a parameter`, source: described(`export function f(x: ${type}, y: string): void {}`), code: "E_STREAM", at: [6, 22, type] as [number, number, string] })), // prettier-ignore
  { name: "promise within a result", source: described("export function f(x: string, y: string): { a: Promise<1> } { return null!; }"), code: "E_STREAM", at: [6, 47, "Promise<1>"] }, // prettier-ignore
  { name: "symbol", source: described("export function f(x: symbol, y: string): void {}"), code: "E_SYMBOL", at: [6, 22, "symbol"] }, // prettier-ignore
  { name: "symbol keys", source: described("export function f(x: { [k: symbol]: 1 }, y: string): void {}"), code: "E_SYMBOL", at: [6, 19, "x"] }, // prettier-ignore
  { name: "class of the standard library", source: described("export function f(x: WeakMap<object, string>, y: string): void {}"), code: "E_CLASS", at: [6, 22, "WeakMap<object, string>"] }, // prettier-ignore
  { name: "error as a result", source: described("export function f(x: string, y: string): Error { return null!; }"), code: "E_CLASS", at: [6, 42, "Error"] }, // prettier-ignore
  { name: "object around a primitive", source: described("export function f(x: String, y: string): void {}"), code: "E_CLASS", at: [6, 22, "String"], fix: /write string/ }, // prettier-ignore
  { name: "interface that extends a class of the library", source: described("export function f(x: Names, y: string): void {}\ninterface Names extends Array<string> { a: 1 }"), code: "E_CLASS", at: [6, 22, "Names"], message: /extends Array/ }, // prettier-ignore
  { name: "class that extends a promise", source: described("export function f(x: Job, y: string): void {}\nclass Job extends Promise<string> {}"), code: "E_CLASS", at: [6, 22, "Job"], message: /extends Promise/ }, // prettier-ignore
  { name: "function in a set", source: described("export function f(x: Set<() => 1>, y: string): void {}"), code: "E_FUNCTION", at: [6, 26, "() => 1"] }, // prettier-ignore
  { name: "unknown that is not described", source: described("export function f(x: {\n  a: unknown;\n}, y: string): void {}"), code: "E_NO_DESCRIPTION", at: [7, 3, "a"] }, // prettier-ignore
  { name: "any that is described", source: described("export function f(x: {\n  /** A. */\n  a: any;\n}, y: string): void {}"), code: "E_ANY", at: [8, 6, "any"] }, // prettier-ignore
  { name: "open indexed access", source: described("export function f<T>(x: T[keyof T], y: string): void {}"), code: "E_GENERIC", at: [6, 25, "T[keyof T]"] }, // prettier-ignore
  { name: "library class mixed with an object", source: described("export function f(x: Date & { a: 1 }, y: string): void {}"), code: "E_UNSUPPORTED", at: [6, 22, "Date & { a: 1 }"] }, // prettier-ignore
  { name: "open type parameter", source: described("export function f<T>(x: T, y: string): void {}"), code: "E_GENERIC", at: [6, 25, "T"] }, // prettier-ignore
  { name: "open conditional type", source: described('export function f<T>(x: T extends "a" ? 1 : T, y: string): void {}'), code: "E_GENERIC", at: [6, 25, 'T extends "a" ? 1 : T'] }, // prettier-ignore
  { name: "endless generic", source: described("export function f(x: Inf<string>, y: string): void {}\ninterface Inf<T> { next?: Inf<T[]> }"), code: "E_DEPTH", at: [7, 20, "next"] }, // prettier-ignore
  { name: "undefined in an array", source: described("export function f(x: (string | undefined)[], y: string): void {}"), code: "E_UNSUPPORTED", at: [6, 22, "(string | undefined)"] }, // prettier-ignore
  { name: "enum with computed members", source: described('export function f(x: E, y: string): void {}\nenum E { A = "a".length }'), code: "E_UNSUPPORTED", at: [6, 22, "E"] }, // prettier-ignore
  { name: "tuple with elements behind the rest", source: described("export function f(x: [...string[], number], y: string): void {}"), code: "E_UNSUPPORTED", at: [6, 22, "[...string[], number]"] }, // prettier-ignore
  { name: "type with too many parts", source: described("export function f(y: string, x: Record<`${D}${D}${D}${D}`, 1>): void {}\ntype D = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;"), code: "E_DEPTH", at: [6, 30, "x"], message: /more than 5000 parts/ }, // prettier-ignore
  { name: "number that is not finite", source: described("export function f(x: E, y: string): void {}\nenum E { A = 1 / 0 }"), code: "E_UNSUPPORTED", at: [6, 22, "E"], message: /Infinity/ }, // prettier-ignore
  { name: "result of type any", source: described("export function f(x: string, y: string): any { return x; }"), code: "E_NO_RETURN", at: [6, 42, "any"] }, // prettier-ignore
  { name: "inferred result of type any", source: described("export function f(x: string, y: string) { return JSON.parse(x); }"), code: "E_NO_RETURN", at: [6, 17, "f"] }, // prettier-ignore
];

const inFunctions: Refusal[] = [
  {
    name: "function without a comment",
    source: "export function f(): void {}",
    code: "E_NO_DESCRIPTION",
    at: [1, 17, "f"],
  },
  { name: "parameter without a description", source: "/** Does. */\nexport function f(a: string): void {}", code: "E_NO_DESCRIPTION", at: [2, 19, "a"], fix: /@param a - / }, // prettier-ignore
  { name: "property of the input object without a description", source: "/** Does. */\nexport function f(o: {\n  a: string;\n}): void {}", code: "E_NO_DESCRIPTION", at: [3, 3, "a"] }, // prettier-ignore
  { name: "unknown without a description", source: described("export function f(x: { a: unknown }, y: string): void {}"), code: "E_NO_DESCRIPTION", at: [6, 24, "a"] }, // prettier-ignore
  { name: "comment on the same line as the brace", source: "/** Does. */\nexport function f(o: { /** The a. */ a: string }): void {}", code: "E_NO_DESCRIPTION", at: [2, 24, "/** The a. */"], fix: /^put the comment on its own line above the property$/ }, // prettier-ignore
  { name: "comment behind a semicolon", source: "/** Does. */\nexport function f(o: {\n  /** The a. */\n  a: string; /** The b. */ b: string;\n}): void {}", code: "E_NO_DESCRIPTION", at: [4, 14, "/** The b. */"], fix: /on its own line/ }, // prettier-ignore
  { name: "parameter without a type", source: described("export function f(x, y: string): void {}"), code: "E_UNTYPED", at: [6, 19, "x"], fix: /x: string/ }, // prettier-ignore
  { name: "destructured parameter without a type", source: described("export function f({ a }, y: string): void {}"), code: "E_UNTYPED", at: [6, 19, "{ a }"] }, // prettier-ignore
  { name: "destructured parameter that no tag names", source: "/** Does.\n * @param y - The y. */\nexport function f(y: string, { a }: { a: string }): void {}", code: "E_NO_DESCRIPTION", at: [3, 30, "{ a }"] }, // prettier-ignore
  { name: "overloads", source: "/** Does. */\nexport function f(a: string): void;\nexport function f(a: number): void;\nexport function f(a: unknown): void {}", code: "E_OVERLOAD", at: [2, 17, "f"] }, // prettier-ignore
  { name: "computed default", source: described("export function f(x: string = String(1), y: string): void {}"), code: "E_DEFAULT", at: [6, 31, "String(1)"], fix: /@default/ }, // prettier-ignore
  { name: "default that does not fit", source: "/** Does.\n * @param x - The x. @minimum 1\n */\nexport function f(x = 0): void {}", code: "E_DEFAULT", at: [4, 23, "0"], message: /a number >= 1|at least 1/ }, // prettier-ignore
  { name: "default in a comment that does not fit", source: "/** Does.\n * @param x - The x. @default many\n */\nexport function f(x?: number): void {}", code: "E_DEFAULT", at: [2, 22, "@default"] }, // prettier-ignore
  { name: "two different defaults", source: "/** Does.\n * @param x - The x. @default 2\n */\nexport function f(x = 3): void {}", code: "E_DEFAULT", at: [2, 22, "@default"] }, // prettier-ignore
  { name: "default of a destructured property that does not fit", source: "/** Does.\n * @param o.a - The a.\n */\nexport function f({ a = 1 }: { a?: string }): void {}", code: "E_DEFAULT", at: [4, 25, "1"] }, // prettier-ignore
  { name: "tag for a parameter that is not there", source: "/** Does.\n * @param z - The z.\n */\nexport function f(): void {}", code: "E_UNKNOWN_PARAM", at: [2, 11, "z"] }, // prettier-ignore
  { name: "tag for a property that is not there", source: described("/* */").replace("*/\n/* */", "* @param x.b - The b.\n */\nexport function f(x: { a: string }, y: string): void {}"), code: "E_UNKNOWN_PARAM", at: [5, 11, "x.b"] }, // prettier-ignore
  { name: "tag for a property without the object's name", source: "/** Does.\n * @param a - The a.\n */\nexport function f(options: {\n  /** A. */\n  a: string;\n}): void {}", code: "E_UNKNOWN_PARAM", at: [2, 11, "a"], fix: /write @param options\.a/ }, // prettier-ignore
  { name: "tag for what a destructuring takes out", source: "/** Does.\n * @param a - The a.\n */\nexport function f({ a }: {\n  /** A. */\n  a: string;\n}): void {}", code: "E_UNKNOWN_PARAM", at: [2, 11, "a"] }, // prettier-ignore
  { name: "name that no provider accepts", source: "/** Does. */\nexport function $f(): void {}", code: "E_NAME", at: [2, 17, "$f"] }, // prettier-ignore
  { name: "name that is a keyword of Python", source: "/** Does. */\nexport function lambda(): void {}", code: "E_NAME", at: [2, 17, "lambda"] }, // prettier-ignore
  { name: "name of a parameter that no provider accepts", source: "/** Does.\n * @param $a - The a.\n */\nexport function f($a: string): void {}", code: "E_NAME", at: [4, 19, "$a"] }, // prettier-ignore
  { name: "default export", source: "/** Does. */\nexport default function f(): void {}", code: "E_UNSUPPORTED", at: [2, 25, "f"], fix: /export it by name/ }, // prettier-ignore
  { name: "default export without a name", source: "/** Does. */\nexport default () => {};", code: "E_UNSUPPORTED", at: [2, 1, "export default () => {};"] }, // prettier-ignore
  { name: "parameter this", source: "/** Does. */\nexport function f(this: Date): void {}", code: "E_UNSUPPORTED", at: [2, 19, "this"] }, // prettier-ignore
  { name: "rest parameter of a tuple", source: described("export function f(x: string, ...y: [string, number]): void {}"), code: "E_UNSUPPORTED", at: [6, 33, "y"] }, // prettier-ignore
  { name: "export from a module that is not there", source: 'export { gone } from "not-installed";', code: "E_ANY", at: [1, 1, 'export { gone } from "not-installed";'], message: /"not-installed"/ }, // prettier-ignore
  { name: "export of everything in a module that is not there", source: 'export * from "./gone.ts";\nexport type { T } from "./gone.ts";', code: "E_ANY", at: [1, 1, 'export * from "./gone.ts";'] }, // prettier-ignore
  { name: "export of what is imported from a module that is not there", source: 'import { a, type B } from "./gone.ts";\nexport { a, B };', code: "E_ANY", at: [2, 10, "a"] }, // prettier-ignore
  { name: "syntax error", source: "export function f( {", code: "E_SYNTAX", at: [1, 21, ""], fix: /^$/ },
];

const inTags: Refusal[] = [
  { name: "number tag without a number", source: "/** Does.\n * @param x - The x. @minimum one\n */\nexport function f(x: number): void {}", code: "E_TAG", at: [2, 22, "@minimum"] }, // prettier-ignore
  { name: "length that is no whole number", source: "/** Does.\n * @param x - The x. @minLength 1.5\n */\nexport function f(x: string): void {}", code: "E_TAG", at: [2, 22, "@minLength"] }, // prettier-ignore
  { name: "tag for another type", source: "/** Does.\n * @param x - The x. @minimum 1\n */\nexport function f(x: string): void {}", code: "E_TAG", at: [2, 22, "@minimum"], message: /it is for numbers/ }, // prettier-ignore
  { name: "tag for the items of an array", source: "/** Does.\n * @param x - The x. @format uri\n */\nexport function f(x: string[]): void {}", code: "E_TAG", at: [2, 22, "@format"], fix: /type Item/ }, // prettier-ignore
  { name: "misspelt tag within a line", source: "/** Does.\n * @param x - The x. @minlength 1\n */\nexport function f(x: string): void {}", code: "E_TAG", at: [2, 22, "@minlength"], fix: /write @minLength/ }, // prettier-ignore
  { name: "misspelt tag on its own line", source: "/** Does.\n * @param x - The x.\n * @patern ^a$\n */\nexport function f(x: string): void {}", code: "E_TAG", at: [3, 4, "@patern"], fix: /write @pattern/ }, // prettier-ignore
  { name: "tag of another library", source: "/** Does.\n * @param x - The x. @min 1\n */\nexport function f(x: number): void {}", code: "E_TAG", at: [2, 22, "@min"], fix: /write @minimum/ }, // prettier-ignore
  { name: "misspelt tag of a property", source: described("export function f(x: P, y: string): void {}\ninterface P {\n  /** The a. @maximun 3 */\n  a: number;\n}"), code: "E_TAG", at: [8, 14, "@maximun"] }, // prettier-ignore
  { name: "constraint that belongs to nothing", source: "/**\n * Does.\n * @minimum 1\n * @param x - The x.\n */\nexport function f(x: number): void {}", code: "E_TAG", at: [3, 4, "@minimum"] }, // prettier-ignore
  { name: "two tags for one parameter", source: "/** Does.\n * @param x - The x.\n * @param x - Again.\n */\nexport function f(x: number): void {}", code: "E_TAG", at: [3, 11, "x"] }, // prettier-ignore
  { name: "param tag without a name", source: "/** Does.\n * @param - The x.\n */\nexport function f(): void {}", code: "E_TAG", at: [2, 4, "@param"] }, // prettier-ignore
  { name: "kind of permission that is not known", source: "/** Does.\n * @permission disk /tmp\n */\nexport function f(): void {}", code: "E_TAG", at: [2, 4, "@permission"], message: /net, env, read, write, run/ }, // prettier-ignore
  { name: "permission without a value", source: "/** Does.\n * @permission net\n */\nexport function f(): void {}", code: "E_TAG", at: [2, 4, "@permission"] }, // prettier-ignore
  { name: "annotation that is not known", source: "/** Does.\n * @annotation fast\n */\nexport function f(): void {}", code: "E_TAG", at: [2, 4, "@annotation"] }, // prettier-ignore
  { name: "example that does not fit", source: described("export function f(x: P, y: string): void {}\ninterface P {\n  /** The a. @example many */\n  a: number;\n}"), code: "E_TAG", at: [8, 14, "@example"] }, // prettier-ignore
  { name: "@open on what is no choice", source: "/** Does.\n * @returns R. @open\n */\nexport function f(): string[] { return []; }", code: "E_TAG", at: [2, 16, "@open"], fix: /type of the items/ }, // prettier-ignore
  { name: "@open with a text", source: "/** Does.\n * @returns R. @open soon\n */\nexport function f(): 1 | 2 { return 1; }", code: "E_TAG", at: [2, 16, "@open"] }, // prettier-ignore
  { name: "pattern that is no regular expression", source: "/** Does.\n * @param x - The x. @pattern ([a-z]\n */\nexport function f(x: string): void {}", code: "E_PATTERN", at: [2, 22, "@pattern"] }, // prettier-ignore
  { name: "pattern that takes exponential time", source: "/** Does.\n * @param x - The x. @pattern ^(\\w+\\s?)+$\n */\nexport function f(x: string): void {}", code: "E_PATTERN", at: [2, 22, "@pattern"], message: /exponential/ }, // prettier-ignore
];

// Reading the compiler and the whole library takes longest, and is done once.
beforeAll(async () => {
  await deriveSource("", { fileName: "tool.ts", library: "full" });
}, 60_000);

describe("a refusal", () => {
  it.each([...inTypes, ...inFunctions, ...inTags])("of $name", async ({ source, code, at, message, fix }) => {
    const { tools, problems } = await deriveSource(source, { fileName: "tool.ts" });
    expect(tools).toEqual([]);
    const [problem] = problems;
    expect(problems.map((each) => each.code)).toEqual([code]);
    const line = source.split("\n")[(problem?.line ?? 0) - 1] ?? "";
    const start = (problem?.column ?? 0) - 1;
    expect([problem?.line, problem?.column, line.slice(start, start + (problem?.length ?? 0))]).toEqual(at);
    expect(problem?.file).toBe("tool.ts");
    expect(problem?.message).toMatch(message ?? /./);
    expect(problem?.fix).toMatch(fix ?? /^[^\n]+$/);
  });
});
