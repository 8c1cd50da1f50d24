import type { Conversion } from "../conversion.ts";
import type { ConvertOptions } from "../convert-options.ts";
import { convertMcpProgram } from "./convert-mcp-program.ts";
import { convertMcpUrl } from "./convert-mcp-url.ts";

/** What of an MCP server becomes a package: one at an address, or a program. */
export type McpTarget = { url: string } | { command: string; args: string[] };

/**
 * Reads an MCP server, of which a package is made.
 *
 * One at an address is called by the package itself, over streamable HTTP. One that is a program is started by whoever
 * loads the package, if they grant its command line.
 *
 * @throws ConvertError `CONVERT_SOURCE_UNREACHABLE`, `CONVERT_SOURCE_INVALID`, `CONVERT_TOOL_UNKNOWN`, `CONVERT_NO_TOOLS`.
 */
export function convertMcp(target: McpTarget, options: ConvertOptions): Promise<Conversion> {
  return "url" in target ? convertMcpUrl(target.url, options) : convertMcpProgram(target, options);
}
