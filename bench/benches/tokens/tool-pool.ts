import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type McpServer, toolsFromMcp } from "@smoltools/adapters/mcp";
import { toolsFromOpenApi } from "@smoltools/adapters/openapi";
import type { Tool } from "@smoltools/core";
import { parse } from "yaml";

const require = createRequire(import.meta.url);

/** A server of MCP from npm, as a process. */
export function npmServer(name: string, program: string, ...args: string[]): McpServer {
  return { name, command: process.execPath, args: [fileURLToPath(import.meta.resolve(program)), ...args] };
}

const servers: readonly McpServer[] = [
  npmServer("files", "@modelcontextprotocol/server-filesystem/dist/index.js", tmpdir()),
  { ...npmServer("calc", "@coo-quack/calc-mcp/dist/index.js"), prefix: "calc_" },
  { ...npmServer("everything", "@modelcontextprotocol/server-everything/dist/index.js", "stdio"), prefix: "demo_" },
];

/** Documents of services, by the package that carries them, and what their tools' names begin with. */
const documents = [
  { package: "@figma/rest-api-spec", path: "openapi/openapi.yaml", prefix: "figma_" },
  { package: "@readme/oas-examples", path: "3.1/json/readme.json", prefix: "readme_" },
  { package: "@readme/oas-examples", path: "3.0/json/star-trek.json", prefix: "stapi_" },
  { package: "@blockfrost/openapi", path: "openapi.yaml", prefix: "blockfrost_" },
  { package: "@readme/oas-examples", path: "3.0/json/readme-legacy.json", prefix: "legacy_" },
  { package: "@readme/oas-examples", path: "3.0/json/petstore.json", prefix: "pets_" },
  { package: "@readme/oas-examples", path: "3.0/json/parameters-style.json", prefix: "styles_" },
  { package: "@readme/oas-examples", path: "3.0/json/uspto.json", prefix: "uspto_" },
  { package: "@readme/oas-examples", path: "3.0/json/schema-types.json", prefix: "types_" },
];

/** Tools that people have: of three servers of MCP, and of nine documents of OpenAPI. */
export async function toolPool(): Promise<Tool[]> {
  await using mcp = await toolsFromMcp(servers);
  const pool = [...(await mcp.tools())];
  for (const { package: name, path, prefix } of documents) {
    const text = readFileSync(join(dirname(require.resolve(`${name}/package.json`)), path), "utf8");
    const options = {
      fetch: noNetwork,
      outputSchemas: true,
      dropBadPatterns: true,
      prefix,
      onUnusable: () => undefined,
    };
    pool.push(...(await toolsFromOpenApi(parse(text), options)));
  }
  return pool;
}

/** So many of the pool, from everywhere in it alike: a small set has the mixture of a large one. */
export function someOf<T>(pool: readonly T[], count: number): T[] {
  if (count > pool.length) throw new Error(`there are ${pool.length}, not ${count}`);
  return Array.from({ length: count }, (_, i) => pool[Math.floor((i * pool.length) / count)] as T);
}

function noNetwork(): Promise<never> {
  return Promise.reject(new Error("the tools are counted, not called"));
}
