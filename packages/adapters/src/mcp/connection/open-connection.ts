import type { McpHttpServer, McpStdioServer } from "../from/mcp-server.ts";
import type { OpenOptions } from "./connect-within.ts";
import type { McpConnection } from "./mcp-connection.ts";
import { openHttp } from "./open-http.ts";
import { openStdio } from "./open-stdio.ts";
import { loadSdk } from "./sdk-line.ts";

/**
 * Starts a server, or reaches it, and introduces this client.
 *
 * @throws ToolSourceError `SOURCE_UNAVAILABLE`, `SOURCE_TIMEOUT`, `SOURCE_UNAUTHORISED`, `SOURCE_TOO_LARGE`.
 * @throws AdapterError `ADAPTER_PEER_MISSING` when no SDK is installed.
 */
export async function openConnection(
  server: McpStdioServer | McpHttpServer,
  options: OpenOptions,
): Promise<McpConnection> {
  const sdk = await loadSdk();
  return "url" in server ? openHttp(sdk, server, options) : openStdio(sdk, server, options);
}
