import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { convertLangchain } from "./convert-langchain.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-langchain-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("a module that answers for itself gets no code of its own into the definitions", async () => {
  const tool = { original: "a", name: "a = evil(), b", description: "A.", inputSchema: { type: "object" } };
  const report = { kind: "tools", exportName: "a", form: "value", tools: [tool], unusable: [] };
  const file = join(folder, "hostile.mjs");
  await writeFile(
    file,
    `process.send(${JSON.stringify(report)});\nawait new Promise(() => setTimeout(() => {}, 60000));\n`,
  );
  const options = { signal: AbortSignal.timeout(30_000), environment: {}, env: [], timeoutMs: 30_000 };
  await expect(convertLangchain(`${file}#a`, options)).rejects.toMatchObject({ code: "CONVERT_SOURCE_INVALID" });
});

it("LangChain is that of the module, wherever the command is run", async () => {
  const library = join(folder, "elsewhere", "node_modules", "@langchain", "core");
  await mkdir(join(library, "utils"), { recursive: true });
  await writeFile(
    join(library, "package.json"),
    '{ "name": "@langchain/core", "version": "1.0.0", "type": "module", "exports": { "./utils/json_schema": "./utils/json_schema.js" } }',
  );
  const schema = { type: "object", properties: { marked: { type: "string" } } };
  await writeFile(
    join(library, "utils", "json_schema.js"),
    `export const toJsonSchema = () => (${JSON.stringify(schema)});\n`,
  );
  const file = join(folder, "elsewhere", "tool.mjs");
  await writeFile(
    file,
    'export const greet = { name: "greet", description: "Greets.", schema: {}, lc_namespace: [], invoke: async () => "" };\n',
  );
  const options = { signal: AbortSignal.timeout(30_000), environment: {}, env: [], timeoutMs: 30_000 };
  const { tools } = await convertLangchain(`${file}#greet`, options);
  expect(tools).toMatchObject([{ name: "greet", inputSchema: schema }]);
});
