import process from "node:process";
import { fileURLToPath } from "node:url";
import { Client, InMemoryTransport, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Server } from "@modelcontextprotocol/server";
import { toMcpServer, toolsFromMcp } from "@smoltools/adapters/mcp";
import { type Tool, tool } from "@smoltools/core";
import { answer, called, input, listed, type OpenWays, schema, type Way } from "./way.ts";

const info = { name: "bench", version: "1.0.0" };
const weather = (name = "weather"): object => ({ name, description: "Tells the weather.", inputSchema: schema });

/** Calls and listings by MCP, beside those of the official client over the same kind of connection. */
export async function mcpWays(): Promise<OpenWays> {
  const open = new AsyncDisposableStack();
  const pair = async (tools: readonly object[]): Promise<Client> => {
    const client = open.adopt(new Client(info), (it) => it.close());
    const [near, far] = InMemoryTransport.createLinkedPair();
    await serverOf(tools).connect(far);
    await client.connect(near);
    return client;
  };
  const one = await pair([weather()]);
  const many = await pair(Array.from({ length: listed }, (_, index) => weather(`weather_${index}`)));
  const own = tool({ name: "weather", description: "Tells the weather.", input: schema, execute: answer });
  const { url } = open.use(await open.use(toMcpServer(own, info)).listen());
  const http = open.adopt(new Client(info, { versionNegotiation: { mode: "auto" } }), (it) => it.close());
  await http.connect(new StreamableHTTPClientTransport(new URL(url)));
  const program = { command: process.execPath, args: ["--input-type=module", "--eval", serving], cwd: folder };
  const stdio = open.adopt(new Client(info), (it) => it.close());
  await stdio.connect(new StdioClientTransport(program));
  const through = async (server: Parameters<typeof toolsFromMcp>[0]): Promise<Tool | undefined> => {
    const [made] = await open.use(await toolsFromMcp(server)).tools();
    return made;
  };
  const [overPair, overHttp, overStdio] = [await through(one), await through({ url }), await through(program)];
  const bare = (client: Client) => () => client.callTool({ name: "weather", arguments: input });
  const calls: Way[] = [
    {
      name: "from MCP in memory",
      peerName: "callTool of the official client",
      ours: () => called(overPair),
      peer: bare(one),
    },
    {
      name: "from MCP over stdio",
      peerName: "callTool of the official client",
      ours: () => called(overStdio),
      peer: bare(stdio),
      calls: 500,
    },
    {
      name: "from MCP over HTTP",
      peerName: "callTool of the official client",
      ours: () => called(overHttp),
      peer: bare(http),
      calls: 200,
    },
  ];
  const listings: Way[] = [
    {
      name: "from MCP in memory",
      peerName: "listTools of the official client",
      ours: async () => {
        await using mcp = await toolsFromMcp({ client: many });
        return await mcp.tools();
      },
      peer: () => many.listTools(),
    },
  ];
  return { calls, listings, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

function serverOf(tools: readonly object[]): Server {
  const server = new Server(info, { capabilities: { tools: {} } });
  server.setRequestHandler("tools/list", () => ({ tools }) as never);
  server.setRequestHandler("tools/call", () => ({ content: [{ type: "text", text: "sunny" }] }));
  return server;
}

const folder = fileURLToPath(new URL("../..", import.meta.url));

/** The same server as a process. */
const serving = `
  import { Server } from "@modelcontextprotocol/server";
  import { StdioServerTransport } from "@modelcontextprotocol/server/stdio";
  const server = new Server(${JSON.stringify(info)}, { capabilities: { tools: {} } });
  server.setRequestHandler("tools/list", () => ({ tools: [${JSON.stringify(weather())}] }));
  server.setRequestHandler("tools/call", () => ({ content: [{ type: "text", text: "sunny" }] }));
  await server.connect(new StdioServerTransport());`;
