import { McpTool, type McpTools } from "@smoltools/adapters/mcp";
import { errorMessage } from "@smoltools/core";
import { chooseTools } from "../source/choose-tools.ts";
import type { Conversion, ConvertedTool } from "../conversion.ts";
import { literal } from "../project/literal.ts";
import { convertedTool } from "../source/converted-tool.ts";
import { nameSlug } from "../../project/project-name.ts";

/** The tools of a server that become tools of a package. */
export interface ServerTools {
  tools: readonly McpTool[];
  warnings: readonly string[];
}

/**
 * The tools of a server that were asked for; those that cannot be used are left out with a warning.
 *
 * @param wanted - By the names that the server has for them.
 * @throws ConvertError `CONVERT_TOOL_UNKNOWN`, `CONVERT_NO_TOOLS`.
 */
export async function serverTools(
  source: string,
  server: McpTools,
  wanted: readonly string[] | undefined,
): Promise<ServerTools> {
  const listed = (await server.tools()).filter((tool) => tool instanceof McpTool);
  const warnings = server.refused.map((error) => `Left out: ${errorMessage(error)}`);
  const names = listed.map(({ declaration }) => declaration.original);
  const chosen = new Set(chooseTools(source, names, wanted));
  return { tools: listed.filter(({ declaration }) => chosen.has(declaration.original)), warnings };
}

/** What a package of tools of a server says of itself. */
export function about(
  server: { name: string; version: string },
  tools: readonly McpTool[],
): Pick<Conversion, "suggestedName" | "description"> {
  const names = tools.slice(0, 10).map(({ name }) => name);
  const more = tools.length > names.length ? ` and ${tools.length - names.length} more` : "";
  return {
    suggestedName: nameSlug(server.name.replace(/^.*\//, ""), "mcp-tools"),
    description: `Tools of the MCP server ${server.name.slice(0, 200)}: ${names.join(", ")}${more}.`,
  };
}

/** The definitions of tools, with a call for each. */
export function definitions(tools: readonly McpTool[], called: (tool: McpTool) => string): ConvertedTool[] {
  return tools.map((tool) => convertedTool(tool, `return callTool(${JSON.stringify(called(tool))}, input, signal);`));
}

/** The module that knows the server: its declarations are those of the moment at which it was read. */
export function serverModule(client: string, source: string, server: object): string {
  return [
    `// ${source}, as it declared its tools when this package was made. Written by smoltools convert.`,
    "",
    `import { callTool as call } from "./${client}";`,
    "",
    `const server = ${literal(server)};`,
    "",
    "export function callTool(name, input, signal) {",
    "  return call(server, name, input, signal);",
    "}",
    "",
  ].join("\n");
}
