// Calls an MCP server that is a program. This code cannot start it: whoever loads the package does, outside of the
// sandbox, if its command line was granted.

/**
 * @param {{ commandLine: string, tools: Record<string, object> }} server - Its tools by their names here, as they were
 *   declared when this package was made.
 * @param {string} name
 * @param {object} input
 */
export async function callTool({ commandLine, tools }, name, input) {
  const { callMcpTool } = globalThis;
  if (typeof callMcpTool !== "function") {
    throw new Error(
      `${name} is a tool of the MCP server \`${commandLine}\`, a program. Only smoltools itself starts it, for those who ` +
        "grant it: load the package with smoltools. Here, start the server with an MCP client of your own",
    );
  }
  return callMcpTool(name, input, tools[name]);
}
