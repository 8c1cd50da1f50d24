import type { StartMcpProgram } from "@smoltools/hub";

/** How long a program may take to start, in milliseconds: `npx` may have to download it. */
const startTimeoutMs = 120_000;

/**
 * Starts the MCP server that a package was converted from, once its command line was granted. The package
 * `@modelcontextprotocol/client` has to be installed, or `@modelcontextprotocol/sdk`.
 */
export const startMcpProgram: StartMcpProgram = async ({ command, args, env }, { signal }) => {
  const { toolsFromMcp } = await import("@smoltools/adapters/mcp");
  return toolsFromMcp({ command, args, env }, { startTimeoutMs, signal });
};
