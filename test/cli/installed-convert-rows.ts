import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { toMcpServer } from "@smoltools/adapters/mcp";
import { tool } from "smoltools";
import { anyValue, spaceServer } from "../adapters/space-server.ts";
import type { CommandRow, RowContext } from "./installed-row.ts";

const modules = fileURLToPath(new URL("../../packages/adapters/node_modules/", import.meta.url));

const petstore = {
  openapi: "3.1.0",
  info: { title: "Pets", version: "1.0.0" },
  servers: [{ url: "https://pets.example.org" }],
  paths: {
    "/pets": { get: { operationId: "listPets", summary: "List pets.", responses: { 200: { description: "ok" } } } },
  },
};

const langchainTool = `import { tool } from "@langchain/core/tools";
const schema = { type: "object", properties: { name: { type: "string" } }, required: ["name"] };
export const greet = tool(({ name }) => "Hello " + name, { name: "greet", description: "Greet a person.", schema });
`;

/** Addresses of servers that are started for a row. */
const urls = new WeakMap<RowContext, string>();
const url = (row: RowContext): string => urls.get(row) ?? "";

/** What every conversion is asked, and answers. */
const converted = (
  name: string,
  source: readonly string[],
  more: (row: RowContext) => readonly string[] = () => source,
) =>
  ({
    args: more,
    jsonArgs: (row) => [...more(row), "--name", `me/${name}`],
    json: { name: `me/${name}`, folder: name, files: ["package.json"] },
    keys: [[/Name of the package/, `me/${name}\r`]],
    shows: new RegExp(String.raw`\+ package\.json[^]*made\sme/${name}\sin`),
    warns: /^(?:warning [^]*)?$/,
    canBeLeft: true,
  }) satisfies CommandRow;

/** The commands that make projects of tools of others. */
export const convertRows: Readonly<Record<string, CommandRow>> = {
  "convert openapi": {
    ...converted("pets", ["petstore.json"]),
    prepare: ({ cwd }) => writeFile(join(cwd, "petstore.json"), JSON.stringify(petstore)),
  },
  "convert langchain": {
    ...converted("chain", ["./chain.mjs#greet", "--out", "chain"]),
    prepare: async ({ cwd }) => {
      await writeFile(join(cwd, "chain.mjs"), langchainTool);
      await mkdir(join(cwd, "node_modules"));
      await symlink(join(modules, "@langchain"), join(cwd, "node_modules", "@langchain"));
    },
    // Its folder holds a library, which is too much to compare.
    canBeLeft: false,
  },
  "convert mcp": {
    ...converted("served", [], (row) => [url(row)]),
    prepare: async (row) => {
      const greet = tool({
        name: "greet",
        description: "Greet a person.",
        input: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
        execute: () => "Hello",
      });
      const server = toMcpServer([greet], { name: "greeter", version: "1.0.0" });
      const endpoint = await server.listen({ port: 0 });
      row.owned.push(endpoint, server);
      urls.set(row, endpoint.url);
    },
  },
  "convert space": {
    ...converted("app", [], (row) => [url(row)]),
    prepare: async (row) => {
      const text = { type: "string" };
      const greet = { name: "greet", parameters: [anyValue("name", text)], returns: [anyValue("said", text)] };
      const server = await spaceServer({ endpoints: [{ ...greet, run: () => ["Hello"] }] });
      row.owned.push(server);
      urls.set(row, server.url);
    },
  },
};
