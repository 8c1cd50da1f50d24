import { textField } from "../../../shared/json-access.ts";
import type { McpClient } from "../../from/mcp-server.ts";
import type { SdkClient } from "../client-connection.ts";

/**
 * A client that was handed in, as what both lines of the SDK have in common.
 *
 * Its type says no more than that it has the methods: those of the two lines differ in what they take beside the request,
 * a schema of zod or a Standard Schema, and `anyResult` is both.
 */
export function sdkClient(client: McpClient): SdkClient {
  return client as unknown as SdkClient;
}

/** Names the server of a client that was handed in, as the server calls itself. */
export function clientName(client: SdkClient): string {
  return `mcp:${textField(client.getServerVersion?.(), "name") ?? "client"}`;
}
