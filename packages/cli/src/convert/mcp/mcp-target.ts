/** What of an MCP server becomes a package: one at an address, or a program. */
export type McpTarget = { url: string } | { command: string; args: string[] };
