/**
 * Where the tools of a package were taken from, when `smoltools convert` made it: the declarations in the manifest are
 * what the source said at that moment.
 */
export type ManifestSource =
  /** An MCP server that is reached by HTTP. */
  | { kind: "mcp"; url: string; server: McpServerName }
  /**
   * An MCP server that is a program. It is started on the machine of whoever uses the package, outside of the sandbox,
   * if `permissions.run` with this very command line was granted.
   */
  | { kind: "mcp"; command: string; args: string[]; env: string[]; server: McpServerName }
  /** A Space with a Gradio app: `owner/name` or its address. */
  | { kind: "space"; space: string }
  /** An OpenAPI document. `sha256` is that of the document's canonical JSON. */
  | { kind: "openapi"; title: string; version: string; sha256: string; url?: string }
  /** A tool of LangChain. */
  | { kind: "langchain"; module: string; export: string; package?: { name: string; version: string } };

/** What an MCP server calls itself. */
export interface McpServerName {
  name: string;
  version: string;
}
