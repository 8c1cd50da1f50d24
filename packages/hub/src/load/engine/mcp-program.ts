import type { ToolSource } from "@smoltools/core";

/** A server that a converted package wants to be started as a program. */
export interface McpProgram {
  /** Looked for in `PATH`, or an absolute path. No shell is involved. */
  command: string;
  args: readonly string[];
  /** The variables that the package declares, was granted, and that there are. */
  env: Readonly<Record<string, string>>;
}

/** Starts an MCP server and gives its tools: `toolsFromMcp` of `@smoltools/adapters/mcp` does. */
export type StartMcpProgram = (program: McpProgram, options: { signal: AbortSignal }) => Promise<ToolSource>;
