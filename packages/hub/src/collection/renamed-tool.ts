import {
  type JsonSchema,
  type ObjectSchema,
  Tool,
  type ToolAnnotations,
  type ToolContext,
  type ToolOrigin,
} from "@smoltools/core";

/** A tool under another name. */
class RenamedTool extends Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  declare readonly outputSchema?: JsonSchema;
  declare readonly annotations?: ToolAnnotations;
  declare readonly origin?: ToolOrigin;
  readonly #tool: Tool;

  constructor(tool: Tool, name: string) {
    super();
    this.name = name;
    this.description = tool.description;
    this.inputSchema = tool.inputSchema;
    if (tool.outputSchema !== undefined) this.outputSchema = tool.outputSchema;
    if (tool.annotations) this.annotations = tool.annotations;
    if (tool.origin) this.origin = tool.origin;
    this.#tool = tool;
  }

  protected execute(input: unknown, context: ToolContext): Promise<unknown> {
    return this.#tool.call(input, context);
  }
}

/** The same tool under another name, for agents whose tools would share one. */
export function renamedTool(tool: Tool, name: string): Tool {
  return name === tool.name ? tool : new RenamedTool(tool, name);
}
