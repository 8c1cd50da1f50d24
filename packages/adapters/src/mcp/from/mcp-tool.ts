import {
  type JsonSchema,
  type ObjectSchema,
  Tool,
  type ToolAnnotations,
  type ToolContext,
  type ToolOrigin,
} from "@smoltools/core";
import type { McpDeclaration } from "./mcp-declaration.ts";

/** Calls a tool on its server. */
export type CallServer = (tool: McpTool, input: unknown, context: ToolContext) => Promise<unknown>;

/** A tool of an MCP server. */
export class McpTool extends Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  declare readonly outputSchema?: JsonSchema;
  declare readonly annotations?: ToolAnnotations;
  override readonly origin: ToolOrigin;
  /** What the server declares. */
  readonly declaration: McpDeclaration;
  readonly #call: CallServer;

  constructor(declaration: McpDeclaration, server: string, call: CallServer) {
    super();
    this.name = declaration.name;
    this.description = declaration.description;
    this.inputSchema = declaration.inputSchema;
    if (declaration.outputSchema !== undefined) this.outputSchema = declaration.outputSchema;
    if (declaration.annotations) this.annotations = declaration.annotations;
    this.origin = { kind: "mcp", server };
    this.declaration = declaration;
    this.#call = call;
  }

  protected execute(input: unknown, context: ToolContext): Promise<unknown> {
    return this.#call(this, input, context);
  }
}
