import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { readSource } from "./engine/read-source.ts";
import { deriveSource } from "./index.ts";
import { deriveModule } from "./derive-module.ts";

const describedFunction = (type: string, declarations = "") =>
  `${declarations}\n/** Does.\n * @param x - The x.\n */\nexport function f(x: ${type}): void {}`;

/** How often a source was read: once with the minimal library, a second time with the full one. */
async function readings(source: string, files: Record<string, string> = {}): Promise<number> {
  let count = 0;
  const path = resolve("tool.ts");
  await readSource(path, {
    texts: new Map([[path, source], ...Object.entries(files).map(([name, text]) => [resolve(name), text] as const)]),
    library: "auto",
    use: (module) => {
      count++;
      return deriveModule(module);
    },
    isDoubtful: ({ problems }) => problems.some(({ code }) => code === "E_ANY" || code === "E_NO_RETURN"),
  });
  return count;
}

describe("the minimal library", () => {
  it("is known as a library, so that arrays and dates are no objects with members", async () => {
    const { tools } = await deriveSource(describedFunction("{ list: readonly string[]; day: Date } | null"), {
      fileName: "tool.ts",
      library: "minimal",
    });
    expect(tools[0]?.inputSchema.properties?.["x"]).toMatchObject({
      anyOf: [{ properties: { list: { type: "array" }, day: { type: "string", "x-ts": "Date" } } }, { type: "null" }],
    });
  });

  const enough: [name: string, source: string][] = [
    ["annotated types", describedFunction("Partial<Record<'a', Date[]>> | Map<string, Set<URL>>")],
    [
      "bodies that use the whole library",
      "/** Does. */\nexport async function f(): Promise<string> { console.log(JSON.stringify(new WeakMap())); return [1].map(String).join(); }",
    ],
    [
      "functions that return nothing",
      "/** Does. */\nexport async function f() { console.log(1); if (Math.random()) return; }",
    ],
    [
      "conditions on the user's own types",
      describedFunction("If<{ a: 1 }>", "type If<T> = T extends { a: 1 } ? 1 : 2;"),
    ],
  ];
  it.each(enough)("is enough for %s", async (_name, source) => {
    expect(await readings(source)).toBe(1);
  });

  const tooSmall: [name: string, source: string][] = [
    ["a global that it lacks", describedFunction("InstanceType<typeof C>", "class C { a = 1 }")],
    ["an unknown name that vanishes in a condition", describedFunction("If<string>", "type If<T> = T extends WeakMap<object, string> ? 1 : 2;")], // prettier-ignore
    ["a result that is inferred from the body", "/** Does. */\nexport const f = (): string[] => [];\n/** Does. */\nexport const g = () => f().length;"], // prettier-ignore
    ["keys of a library type", describedFunction("Pick<string[], 'length'>")],
    ["keyof a library type", describedFunction("Exclude<keyof string[], number>")],
    ["a condition on a library type", describedFunction("If<string>", "type If<T> = T extends Function ? 1 : 2;")],
    ["a default of type any", "/** Does.\n * @param x - The x.\n */\nexport function f(x = Math.max(1, 2)): void {}"],
  ];
  it.each(tooSmall)("gives way to the full one for %s", async (_name, source) => {
    expect(await readings(source)).toBe(2);
  });

  it("is not told of conditions wrongly: a text is no function", async () => {
    const source = describedFunction("If<string>", 'type If<T> = T extends Function ? "function" : "data";');
    const { tools } = await deriveSource(source, { fileName: "tool.ts" });
    expect(tools[0]?.inputSchema.properties?.["x"]).toMatchObject({ const: "data" });
  });
});

describe("an import", () => {
  const heavy = "/** Does.\n * @param x - The x.\n */\nexport function f(x: string): string { return client.go(x); }";

  it("that only bodies use is not read", async () => {
    const read: string[] = [];
    class Texts extends Map<string, string> {
      override get(path: string): string | undefined {
        if (super.has(path)) read.push(path);
        return super.get(path);
      }
    }
    const path = resolve("tool.ts");
    const texts = new Texts([
      [path, `import { Client } from "./heavy.ts";\nconst client = new Client();\n${heavy}`],
      [resolve("heavy.ts"), "export class Client {}"],
    ]);
    await readSource(path, { texts, library: "auto", use: deriveModule, isDoubtful: () => false });
    expect(read).toEqual([path]);
  });

  it("that a type uses is read", async () => {
    const { tools, problems } = await deriveSource(
      'import { Client, levels } from "./heavy.ts";\nconst { size } = new Client();\n' +
        "/** Does.\n * @param x - The x.\n * @param y - The y.\n */\nexport function f(x: typeof size, y: number = levels.length): void {}",
      {
        fileName: "tool.ts",
        files: { "heavy.ts": "export class Client { size = 1 }\nexport const levels = ['a', 'b'] as const;" },
      },
    );
    expect(problems).toEqual([]);
    expect(tools[0]?.inputSchema.properties).toEqual({
      x: { description: "The x.", type: "number" },
      y: { description: "The y.", type: "number", default: 2 },
    });
  });
});

it("only the engine knows the compiler", async () => {
  const folder = new URL("..", import.meta.url);
  const names = (await readdir(folder, { recursive: true })).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), "utf8")));
  const importers = names.filter((_, index) => /["'](?:ts-morph|@ts-morph\/|typescript)["'/]/.test(texts[index] ?? ""));
  expect(importers.length).toBeGreaterThan(10);
  expect(importers.filter((name) => !name.startsWith("derive/engine/"))).toEqual([]);
});

it("the compiler is not loaded before something is derived", async () => {
  const index = new URL("index.ts", import.meta.url).href;
  const script = `
    import { createRequire } from "node:module";
    await import(${JSON.stringify(index)});
    const loaded = Object.keys(createRequire(${JSON.stringify(index)}).cache);
    console.log(loaded.filter((path) => path.includes("ts-morph")).length);`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--conditions=@smoltools/source",
    "--input-type=module",
    "--eval",
    script,
  ]);
  expect(stdout.trim()).toBe("0");
});
