import { type SourceFixture, testToolSource } from "@smoltools/core/testing";
import { afterAll, describe, it } from "vitest";
import type { McpTools } from "./from/mcp-tools.ts";
import { toolsFromMcp } from "./from/tools-from-mcp.ts";
import { clientV1, clientV2, httpServerV1 } from "./test-support/official-servers.ts";

const servers: AsyncDisposable[] = [];
afterAll(() => Promise.all(servers.map((server) => server[Symbol.asyncDispose]())));

const overHttp = async (tools: readonly SourceFixture[]) => {
  const server = await httpServerV1(tools);
  servers.push(server);
  return { url: server.url };
};

describe.each([
  ["a client of @modelcontextprotocol/sdk 1", clientV1],
  ["a client of @modelcontextprotocol/client 2", clientV2],
  ["an address", overHttp],
])("the tools of %s", (_what, serve) => {
  testToolSource<McpTools>({
    offer: async (fixtures) => toolsFromMcp(await serve(fixtures)),
    refusals: (source) => source.refused,
    test: it,
    hasConnection: true,
  });
});
