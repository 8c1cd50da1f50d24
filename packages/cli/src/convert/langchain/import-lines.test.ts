import { resolve } from "node:path";
import { transform } from "esbuild";
import { expect, it } from "vitest";
import { importLines } from "./import-lines.ts";

const packaged = { specifier: "@acme/tools" };

it.each<[file: string, from: string]>([
  ["weather.ts", "../weather.ts"],
  ["src/weather.ts", "./weather.ts"],
  ["src/inner/weather.ts", "./inner/weather.ts"],
])("the file %s is imported as a file, from %s", (file, from) => {
  const target = { specifier: file, file: resolve("/project", file) };
  const [first] = importLines(target, { exportName: "weather", form: "value" }, "", "/project");
  expect(first).toBe(`import { weather } from ${JSON.stringify(from)};`);
});

it.each([
  "weather",
  "call",
  "langchainTools",
  "tool",
  "default",
  "delete",
  "Object",
  "a-b",
  'x } from "evil"; evil(); //',
])("an export that is called %j is imported, and nothing else happens", async (exportName) => {
  const text = importLines(packaged, { exportName, form: "value" }, "", "/project").join("\n");
  // What is declared twice, and what is no JavaScript, fails here.
  const { code } = await transform(text, { format: "esm", target: "es2022" });
  expect(code.match(/^import /gm)).toHaveLength(2);
  expect(text.split("\n")).toHaveLength(5);
  expect(text).toMatch(/langchainTools\(\(\) => \w+\);$/);
  const name = exportName.includes(" ") || exportName.includes("-") ? JSON.stringify(exportName) : exportName;
  expect(text.split("\n")[0]).toMatch(`import { ${name}`);
});
