import { AdapterError } from "../../shared/adapter-error.ts";
import { type McpOptions, mcpLimits } from "./mcp-options.ts";
import type { McpServer } from "./mcp-server.ts";
import { McpTools } from "./mcp-tools.ts";
import { ServerLink } from "./server-link.ts";

/**
 * The tools of MCP servers.
 *
 * A server is a process that is started, an address, or a connected client of either line of the official SDK. It sees
 * the arguments of calls and nothing else; what it says is checked, bounded, and never run. A server that ended is
 * started or reached again by the next call; a call that was lost is not repeated.
 *
 * @example
 * await using mcp = await toolsFromMcp({ command: "npx", args: ["-y", "@modelcontextprotocol/server-memory"] });
 * const agent = new CodeAgent({ model, tools: await mcp.tools() });
 *
 * @param servers - One or several. Disposing the result ends the processes, with all that they have started.
 * @throws ToolSourceError `SOURCE_UNAVAILABLE`, `SOURCE_TIMEOUT`, `SOURCE_UNAUTHORISED`, `SOURCE_TOO_LARGE`,
 *   `SOURCE_ANSWER_INVALID`, `SOURCE_TOOL_INVALID`, `SOURCE_TOOLS_CHANGED`.
 * @throws AdapterError `ADAPTER_PEER_MISSING` when neither `@modelcontextprotocol/client` nor
 *   `@modelcontextprotocol/sdk` is installed.
 */
export async function toolsFromMcp(
  servers: McpServer | readonly McpServer[],
  options: McpOptions = {},
): Promise<McpTools> {
  const limits = mcpLimits(options);
  const { signal } = options;
  signal?.throwIfAborted();
  const list = isList(servers) ? servers : [servers];
  const tools = new McpTools(list.map((server) => new ServerLink(checked(server), options, limits)));
  const onAbort = (): void => void tools[Symbol.asyncDispose]();
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    await tools.start();
    return tools;
  } catch (error) {
    await tools[Symbol.asyncDispose]();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

function isList(servers: McpServer | readonly McpServer[]): servers is readonly McpServer[] {
  return Array.isArray(servers);
}

/** In JavaScript nothing else tells that a server is written wrongly. */
function checked(server: McpServer): McpServer {
  const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
  if ("callTool" in server || "client" in server) return server;
  if ("command" in server && isText(server.command)) return server;
  const url = "url" in server ? String(server.url) : "";
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return server;
  throw new AdapterError(
    "toolsFromMcp: a server is { command, args }, { url } with an address of http: or https:, or a connected client",
    { code: "ADAPTER_OPTIONS_INVALID" },
  );
}
