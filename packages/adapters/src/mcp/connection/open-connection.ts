import type { McpHttpServer, McpStdioServer } from "../from/mcp-server.ts";
import type { OpenOptions } from "./connect-within.ts";
import { greeted } from "./greeting.ts";
import type { McpConnection } from "./mcp-connection.ts";
import { openHttp } from "./open-http.ts";
import { openStdio } from "./open-stdio.ts";
import { loadSdk } from "./sdk/sdk-line.ts";

/**
 * Starts a server, or reaches it, and introduces this client.
 *
 * @throws ToolSourceError `SOURCE_UNAVAILABLE`, `SOURCE_TIMEOUT`, `SOURCE_UNAUTHORISED`, `SOURCE_TOO_LARGE`.
 * @throws AdapterError `ADAPTER_PEER_MISSING` when no SDK is installed that the server understands.
 */
export async function openConnection(
  server: McpStdioServer | McpHttpServer,
  options: Omit<OpenOptions, "greeting">,
): Promise<McpConnection> {
  const sdk = await loadSdk();
  const { identity } = options;
  if (!("url" in server)) {
    return greeted(identity, server.greeting ?? "initialize", sdk.greetings, (greeting) =>
      openStdio(sdk, server, { ...options, greeting }),
    );
  }
  // The transport of old servers is older than the newer protocol.
  const first = server.transport === "sse" ? "initialize" : (server.greeting ?? "discover");
  return greeted(identity, first, sdk.greetings, (greeting) => openHttp(sdk, server, { ...options, greeting }));
}
