import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deriveFile, deriveSource } from "./index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-robust-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(path: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

const described = (type: string, declarations = "") =>
  `${declarations}\n/** Does.\n * @param x - The x.\n */\nexport function f(x: ${type}): void {}`;

const codes = async (source: string) =>
  (await deriveSource(source, { fileName: "tool.ts" })).problems.map(({ code }) => code);

describe("a file that holds no source", () => {
  it.each<[string, () => Promise<string>, RegExp]>([
    ["that is not there", async () => join(folder, "gone.ts"), /ENOENT/],
    ["that is a folder", async () => dirname(await write("folder.ts/x", "")), /it is no file|EISDIR/],
    ["that is a pipe", async () => (execFileSync("mkfifo", [join(folder, "pipe.ts")]), join(folder, "pipe.ts")), /it is no file/], // prettier-ignore
    ["of more than 2 MiB", () => write("large.ts", "x".repeat(2 * 1024 * 1024 + 1)), /larger than 2097152 bytes/],
    ["in UTF-16", () => write("utf16.ts", Buffer.from("\uFEFFexport {};", "utf16le")), /UTF-8/],
    ["of bytes", () => write("bytes.ts", Uint8Array.from([0xff, 0xfe, 0x80])), /UTF-8/],
  ])("%s is refused", async (_what, make, message) => {
    await expect(deriveFile(await make())).rejects.toMatchObject({
      code: "DERIVE_FILE_UNREADABLE",
      message: expect.stringMatching(message),
    });
  });
});

describe("a source with errors of its syntax", () => {
  it("has each of them reported with its place, and no tools", async () => {
    const source = "/** Does. */\nexport function f(: string) {}\nconst a = ;\nexport function g() {}\nlet 1b;";
    const { tools, problems } = await deriveSource(source, { fileName: "tool.ts" });
    expect(tools).toEqual([]);
    expect(problems.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual([
      "2:19 E_SYNTAX",
      "3:11 E_SYNTAX",
      "5:1 E_SYNTAX",
      "5:6 E_SYNTAX",
    ]);
  });

  it("such as a comment that its pattern ends, has no tools", async () => {
    const source = "/** Does.\n * @param x - X. @pattern ^a*/b$\n */\nexport function f(x: string) {}";
    expect(new Set(await codes(source))).toEqual(new Set(["E_SYNTAX"]));
  });

  it("of JavaScript with types is told so", async () => {
    const { problems } = await deriveSource("export function f(a: string) {}", { fileName: "tool.js" });
    expect(problems.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual(["1:22 E_SYNTAX"]);
  });

  it.each(["", "\n\n", "// nothing", "export {};", "\u0000"])("%j has no tools", async (source) => {
    expect((await deriveSource(source, { fileName: "tool.ts" })).tools).toEqual([]);
  });
});

describe("a project", () => {
  const tool = described("A", 'import type { A } from "@/types";\nimport { log } from "@lib";');
  it.each<[string, Record<string, string>]>([
    ["with paths", { "tsconfig.json": '{ // comment\n"compilerOptions": { "paths": { "@/*": ["./lib/*"] }, }, }' }],
    ["with paths and a base", { "tsconfig.json": '{ "compilerOptions": { "baseUrl": "lib", "paths": { "@/*": ["*"] } } }' }], // prettier-ignore
    ["that extends another", { "tsconfig.json": '{ "extends": "./base/tsconfig.json" }', "base/tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["../lib/*"] } } }' }], // prettier-ignore
    ["with references and strange options", { "tsconfig.json": '{ "files": [], "references": [{ "path": "./gone" }], "compilerOptions": { "paths": { "@/*": ["./lib/*"] }, "target": "es3", "strict": false, "noLib": true, "module": "none", "unheard": 1, "plugins": [{ "name": "x" }] } }' }], // prettier-ignore
  ])("%s has its types found", async (name, files) => {
    const root = name.replaceAll(" ", "-");
    for (const [path, text] of Object.entries(files)) await write(`${root}/${path}`, text);
    await write(`${root}/lib/types.ts`, "export interface A {\n  /** B. */\n  b: string | null;\n}");
    await write(`${root}/broken.ts`, "export const x: string = 1; export function ( {");
    const { tools, problems } = await deriveFile(await write(`${root}/src/tool.ts`, tool));
    expect(problems).toEqual([]);
    expect(tools[0]?.inputSchema.properties).toEqual({ b: { description: "B.", type: ["string", "null"] } });
  });

  it.each(["", "{", "[]", "null", '{ "extends": "./tsconfig.json" }', '{ "compilerOptions": { "paths": 7 } }'])(
    "whose tsconfig.json is %j does not matter where nothing is mapped",
    async (text) => {
      await write("broken-config/tsconfig.json", text);
      const source = described("string", 'import { join } from "left-pad";');
      const { problems } = await deriveFile(await write("broken-config/tool.ts", source));
      expect(problems).toEqual([]);
      const unmapped = await deriveFile(await write("broken-config/mapped.ts", tool));
      expect(unmapped.problems.map(({ code }) => code)).toEqual(["E_ANY"]);
    },
  );

  it("with broken types and syntax elsewhere does not matter", async () => {
    const files = {
      "other.ts": "export interface A {\n  /** B. */\n  b: string;\n}\nconst x: number = '';\nexport function ( {",
    };
    const source = `const wrong: number = "text";\nfunction g(): string { return 1; }\n${described("A", 'import type { A } from "./other.ts";')}`;
    const { tools, problems } = await deriveSource(source, { fileName: "tool.ts", files });
    expect(problems).toEqual([]);
    expect(tools).toHaveLength(1);
  });
});

describe("a source that is large or deep has an answer", () => {
  it("of 100,000 lines", async () => {
    const body = "  let a = 1;\n".repeat(99_990);
    const { tools } = await deriveSource(described("string").replace("{}", `{\n${body}}`), { fileName: "tool.ts" });
    expect(tools).toHaveLength(1);
  });

  it("of a type of 3,000 levels", async () => {
    const type = "{ a: ".repeat(3000) + "1" + " }".repeat(3000);
    expect(new Set(await codes(described(`${type} | null`)))).toEqual(new Set(["E_DEPTH"]));
  });

  it("of a union of 2,000 objects, which is said once", async () => {
    const members = Array.from({ length: 2000 }, (_, n) => `{ k: ${n}; v${n}: 1 }`);
    expect(await codes(described(members.join(" | ")))).toEqual(["E_DEPTH"]);
  });

  it("of a type that doubles with each of 40 levels", async () => {
    const levels = Array.from({ length: 40 }, (_, n) => `interface N${n} { l: N${n + 1}; r: N${n + 1} }`);
    expect(await codes(described("N0 | null", `${levels.join("\n")}\ninterface N40 { v: 1 }`))).toEqual(["E_DEPTH"]);
  });

  it("of more levels than a stack has", async () => {
    const type = "(".repeat(100_000) + "1" + ")".repeat(100_000);
    expect(await codes(described(type))).toEqual(["E_DEPTH"]);
  });

  it.each<[string, string, string]>([
    ["an interface in ever new arguments", "Inf<string>", "interface Inf<T> { next?: Inf<T[]> }"],
    ["an alias in ever new arguments", "Inf<1>", "type Inf<T> = { next?: Inf<{ of: T }> } | null;"],
    ["a tuple that grows", "Grow<[]>", "type Grow<T extends 1[]> = { value: T; next?: Grow<[...T, 1]> } | null;"],
    ["a class in ever new arguments", "Inf<string>", "class Inf<T> { next?: Inf<Map<string, T>> }"],
    ["two types that take turns", "A<1>", "interface A<T> { b?: B<T[]> } interface B<T> { a?: A<T[]> }"],
    ["65 levels", "Deep | null", `type Deep = ${"{ a: ".repeat(65)}1${" }".repeat(65)};`],
  ])("of %s", async (_what, type, declarations) => {
    expect(new Set(await codes(described(`${type} | 7`, declarations)))).toEqual(new Set(["E_DEPTH"]));
  });

  it.each<[string, string, string]>([
    ["an alias that is itself", "A", "type A = A;"],
    ["a condition without end", "Loop<1>", "type Loop<T> = T extends 1 ? Loop<T> : never;"],
    ["a text that grows without end", "Loop<''>", "type Loop<T extends string> = T extends 'x' ? 1 : Loop<`${T}a`>;"],
    ["a text of 100,000 forms", "`${D}${D}${D}${D}${D}`", "type D = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;"],
  ])("of %s", async (_what, type, declarations) => {
    expect(await codes(described(type, declarations))).toEqual(["E_DEPTH"]);
    const result = `${declarations}\n/** Does. */\nexport function f(): ${type} { return null!; }`;
    expect(await codes(result)).toEqual(["E_DEPTH"]);
  });

  it("and any that stands beside it is any", async () => {
    const declarations = "type Loop<T> = T extends 1 ? Loop<T> : never;\ntype Any = any;";
    expect(await codes(described("[Loop<1>, Any]", declarations))).toEqual(["E_DEPTH", "E_ANY"]);
  });
});
