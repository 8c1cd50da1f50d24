import process from "node:process";
import { fileURLToPath } from "node:url";
import type { McpStdioServer } from "../from/mcp-server.ts";

/** A server that does without the SDK what `mode` says. See `raw-server.ts`. */
export function rawServer(mode: string, extra = "", more: Partial<McpStdioServer> = {}): McpStdioServer {
  const program = fileURLToPath(new URL("raw-server.ts", import.meta.url));
  return { command: process.execPath, args: [program, mode, extra], name: "raw", ...more };
}
