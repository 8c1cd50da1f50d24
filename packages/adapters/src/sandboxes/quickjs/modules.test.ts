import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { quickjs } from "./index.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
/** Where packages are found that this one only has through another. */
const ofAi = dirname(createRequire(import.meta.url).resolve("ai"));

/** Bundles a source that imports npm packages, as a published tool is bundled. */
async function bundle(contents: string, resolveDir: string = here): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2023",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

describe("bundled npm packages run inside:", () => {
  test.each<[string, string, unknown, unknown]>([
    [
      "papaparse",
      `import Papa from "papaparse"; export const tools = { run: (csv: string) => Papa.parse(csv, { header: true, dynamicTyping: true }).data }`,
      "a,b\n1,x\n2,y",
      [
        { a: 1, b: "x" },
        { a: 2, b: "y" },
      ],
    ],
    [
      "marked",
      `import { marked } from "marked"; export const tools = { run: (text: string) => marked.parse(text) }`,
      "# Hi\n\n- *a*",
      "<h1>Hi</h1>\n<ul>\n<li><em>a</em></li>\n</ul>\n",
    ],
    [
      "date-fns",
      `import { addDays, formatISO, parseISO } from "date-fns"; export const tools = { run: (day: string) => formatISO(addDays(parseISO(day), 30), { representation: "date" }) }`,
      "2026-01-15",
      "2026-02-14",
    ],
    [
      "htmlparser2",
      `import { DomUtils, parseDocument } from "htmlparser2"; export const tools = { run: (html: string) => DomUtils.textContent(parseDocument(html)) }`,
      "<p>Hi <b>you</b> &amp; me</p>",
      "Hi you & me",
    ],
    [
      "acorn",
      `import { parse } from "acorn"; export const tools = { run: (code: string) => parse(code, { ecmaVersion: "latest" }).body.map(({ type }) => type) }`,
      "let a = 1; a++",
      ["VariableDeclaration", "ExpressionStatement"],
    ],
    [
      "zod",
      `import { z } from "zod"; export const tools = { run: (value: unknown) => z.object({ to: z.email(), n: z.coerce.number() }).parse(value) }`,
      { to: "a@b.org", n: "3" },
      { to: "a@b.org", n: 3 },
    ],
    [
      "acorn and bytes",
      `import { parse } from "acorn";
      export const tools = { run: async (text: string) => {
        const form = new FormData();
        form.append("file", new Blob([Buffer.concat([Buffer.from(text, "base64"), Buffer.from("3b", "hex")])]), "code.js");
        const code = await (form.get("file") as File).text();
        const digest = Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(code))).toString("hex");
        return [parse(code, { ecmaVersion: "latest" }).end, digest.slice(0, 8)];
      } }`,
      Buffer.from("a + b").toString("base64"),
      [6, createHash("sha256").update("a + b;").digest("hex").slice(0, 8)],
    ],
  ])("%s", async (name, source, input, value) => {
    const tool = await bundle(source, name === "zod" ? ofAi : here);
    await using sandbox = await quickjs().create({ modules: { tool } });
    const code = 'const { tools } = await import("tool"); return await tools.run(input)';
    const { value: actual, error } = await sandbox.run(code, { variables: { input } });
    expect(error).toBeUndefined();
    expect(actual).toEqual(value);
  });
});

test("a bundle of 400 kB runs", async () => {
  const padding = Array.from(
    { length: 4000 },
    (_, i) => `export function f${i}(a, b) { return { sum: a + b + ${i}, list: [a, b] }; }`,
  );
  const tool = `${padding.join("\n")}\nexport const tools = { last: (a) => f3999(a, 1) };\n//${"x".repeat(100_000)}`;
  expect(tool.length).toBeGreaterThan(400_000);
  await using sandbox = await quickjs().create({ modules: { tool } });
  const { value } = await sandbox.run('const { tools } = await import("tool"); return tools.last(1)');
  expect(value).toEqual({ sum: 4001, list: [1, 1] });
});

test("a module is evaluated once, and keeps its state", async () => {
  await using sandbox = await quickjs().create({ modules: { counter: "let n = 0; export const next = () => ++n;" } });
  await sandbox.run('(await import("counter")).next()');
  expect((await sandbox.run('(await import("counter")).next()')).value).toBe(2);
});

test("a module may await at its top level and call the host", async () => {
  const functions = { echo: ([value]: unknown[]) => value };
  await using sandbox = await quickjs().create({ functions, modules: { a: "export const v = await echo(7);" } });
  expect((await sandbox.run('(await import("a")).v')).value).toBe(7);
});

test("a module that does not fit the memory is an error of the code", async () => {
  const modules = { big: `export default "${"x".repeat(7e6)}"` };
  await using sandbox = await quickjs().create({ modules, limits: { memoryBytes: 16 * 1024 * 1024 } });
  expect((await sandbox.run('await import("big")')).error?.code).toBe("SANDBOX_MEMORY");
  expect((await sandbox.run("1")).value).toBe(1);
});

test("a module that does not parse is an error of the code", async () => {
  await using sandbox = await quickjs().create({ modules: { bad: "export const = 1" } });
  const { error } = await sandbox.run('\nawait import("bad")');
  expect(error).toMatchObject({ code: "SANDBOX_EXCEPTION", name: "SyntaxError" });
});

test.each([
  ["a relative path into the engine's own modules", "./calls.js"],
  ["the engine's own name for its modules", "guest:main"],
  ["the engine's own name for given modules", "module:tool"],
])("cannot be imported: %s", async (_name, specifier) => {
  await using sandbox = await quickjs().create({ modules: { tool: "export default 1" } });
  const { error } = await sandbox.run(`await import(${JSON.stringify(specifier)})`);
  expect(error?.message).toMatch(/cannot import .* here there is tool/);
});

test("code evaluated at run time cannot import the engine's own modules either", async () => {
  await using sandbox = await quickjs().create({ modules: { tool: 'export const get = () => import("./calls.js")' } });
  const { error } = await sandbox.run('await (await import("tool")).get()');
  expect(error?.message).toMatch(/cannot import/);
});
