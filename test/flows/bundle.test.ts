import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bundleTools, packageLimits, packPackage, type SourceTool } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sandbox } from "./hub-fixture.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-bundle-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;

/** Writes a project of these files and bundles its `tool.ts`. */
async function bundle(files: Record<string, string>, tools: SourceTool[] = [act()]) {
  const root = join(folder, `project-${count++}`);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return { root, ...(await bundleTools({ sourceFile: join(root, "tool.ts"), tools })) };
}

function act(more: Partial<SourceTool> = {}): SourceTool {
  const inputSchema = { type: "object", properties: { a: { type: "number" } } } as const;
  return { exportName: "act", name: "act", description: "Acts.", inputSchema, call: { kind: "object" }, ...more };
}

/** Calls the tool of a bundle in the sandbox. */
async function call(code: string, input: unknown): Promise<unknown> {
  await using running = await sandbox.create({ modules: { package: code } });
  const script = 'return await (await import("package")).tools.act(input)';
  const { value, error } = await running.run(script, { variables: { input } });
  if (error) throw new Error(error.message);
  return value;
}

const dependency = {
  "node_modules/doubler/package.json": '{"name":"doubler","version":"1.0.0","main":"index.js"}',
  "node_modules/doubler/index.js": "module.exports = (n) => n * 2;",
};

describe("bundleTools", () => {
  it("puts npm dependencies inside", async () => {
    const source = 'import double from "doubler";\nexport const act = (i: { a: number }) => double(i.a);';
    const { code } = await bundle({ "tool.ts": source, ...dependency });
    expect(await call(code, { a: 4 })).toBe(8);
  });

  it("gives the same bytes wherever the sources lie", async () => {
    const files = {
      "tool.ts":
        'import double from "doubler";\nimport { one } from "./lib/one";\nexport const act = () => double(one);',
      "lib/one.ts": "export const one: number = 1;",
      ...dependency,
    };
    const [first, second] = [await bundle(files), await bundle(files)];
    expect(first.code).toBe(second.code);
    expect(first.code).not.toContain(first.root);
    const pack = (code: string) =>
      packPackage({
        name: "a/b",
        version: "1.0.0",
        description: "x",
        tools: [act()],
        runtime: "js",
        code,
        sources: {},
      });
    expect([...pack(first.code).files]).toEqual([...pack(second.code).files]);
  });

  it("lists the author's own files, and not the dependencies'", async () => {
    const files = {
      "tool.ts": 'import "./lib/one";\nimport "doubler";\nexport const act = () => 1;',
      "lib/one.ts": "export {};",
      ...dependency,
    };
    const { root, sources } = await bundle(files);
    expect(sources).toEqual([join(root, "lib/one.ts"), join(root, "tool.ts")]);
  });

  it("passes arguments by position, and the rest of an array", async () => {
    const source = "export const act = (a: number, b?: number, ...c: number[]) => [a, b ?? null, c];";
    const call_ = { kind: "positional", parameters: ["a", "b", "c"], rest: "c" } as const;
    const { code } = await bundle({ "tool.ts": source }, [act({ call: call_ })]);
    expect(await call(code, { a: 1, c: [3, 4] })).toEqual([1, null, [3, 4]]);
    expect(await call(code, { a: 1, b: 2 })).toEqual([1, 2, []]);
  });

  it("converts between JSON and the types that it lacks, where the schema says so", async () => {
    const source = `export const act = (i: { on: Date; of?: Set<string>; at?: URL; n?: bigint }) =>
      ({ next: new Date(i.on.getTime() + 1000), of: i.of, host: i.at?.host, n: (i.n ?? 1n) + 1n, map: new Map([["k", 1]]) });`;
    const inputSchema = {
      type: "object" as const,
      properties: {
        on: { type: "string" as const, format: "date-time", "x-ts": "Date" },
        of: { type: "array" as const, items: { type: "string" as const }, "x-ts": "Set" },
        at: { type: "string" as const, "x-ts": "URL" },
        n: { anyOf: [{ type: "string" as const, "x-ts": "bigint" }, { type: "null" as const }] },
      },
    };
    const { code } = await bundle({ "tool.ts": source }, [act({ inputSchema })]);
    const input = { on: "2026-01-01T00:00:00.000Z", of: ["a"], at: "https://example.com/x", n: "41" };
    const result = { next: "2026-01-01T00:00:01.000Z", of: ["a"], host: "example.com", n: "42", map: { k: 1 } };
    expect(await call(code, input)).toEqual(result);
  });

  it("names the modules of Node.js that a tool cannot do without", async () => {
    const source = 'import { readFileSync } from "fs";\nexport const act = () => readFileSync("x", "utf8");';
    expect((await bundle({ "tool.ts": source })).nodeModules).toEqual(["node:fs"]);
  });

  it("lets a library ask for a module of Node.js that it can do without", async () => {
    const files = {
      "tool.ts": 'import safe from "careful";\nexport const act = () => safe();',
      "node_modules/careful/package.json": '{"name":"careful","main":"index.js"}',
      "node_modules/careful/index.js":
        'module.exports = () => { try { return require("os").cpus().length } catch (e) { return e.message } };',
    };
    const { code, nodeModules } = await bundle(files);
    expect(nodeModules).toEqual([]);
    expect(await call(code, {})).toContain("There is no node:os in a sandbox");
  });

  it("says where a source file cannot be bundled", async () => {
    const files = { "tool.ts": 'import x from "not-installed";\nexport const act = () => x;' };
    await expect(bundle(files)).rejects.toMatchObject({
      code: "BUNDLE_FAILED",
      message: expect.stringMatching(/tool\.ts:1:\d+ .*not-installed/),
    });
  });

  it("refuses a bundle over the size limit", async () => {
    const source = `export const act = () => ${JSON.stringify("x".repeat(packageLimits.maxFileBytes))};`;
    await expect(bundle({ "tool.ts": source })).rejects.toMatchObject({ code: "PACKAGE_TOO_LARGE" });
  });
});
