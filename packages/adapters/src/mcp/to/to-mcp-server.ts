import { type McpServerInfo, McpToolServer } from "./mcp-tool-server.ts";
import type { Servable } from "./served-tools.ts";

/**
 * Tools, or agents, as an MCP server: for clients that start it as a process, and over streamable HTTP.
 *
 * Declarations go over as they are, with annotations and output schemas; a result that is not an object is wrapped in one,
 * as the protocol wants it. An error of a tool is a result that says so. The steps of an agent are the progress of its
 * call. Needs `@modelcontextprotocol/server` 2 or `@modelcontextprotocol/sdk` 1, loaded when it is served.
 *
 * @example
 * await toMcpServer([weather], { name: "weather", version: "1.0.0" }).serveStdio();
 *
 * @throws AdapterError `ADAPTER_OPTIONS_INVALID` when two tools have one name.
 * @throws AgentError `AGENT_CONFIG` for an agent without name or description.
 */
export function toMcpServer(served: Servable | readonly Servable[], info: McpServerInfo): McpToolServer {
  return new McpToolServer(isList(served) ? served : [served], info);
}

function isList(served: Servable | readonly Servable[]): served is readonly Servable[] {
  return Array.isArray(served);
}
