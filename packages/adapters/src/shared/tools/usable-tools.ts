import { errorMessage, type Tool, ToolSourceError } from "@smoltools/core";
import { AdapterError } from "../adapter-error.ts";
import { type ToolNameOptions, toolNames } from "./tool-names.ts";

/** Options for the tools of a source. */
export interface SourceToolsOptions extends ToolNameOptions {
  /**
   * Told of each tool that cannot be used, because its schema is not one, for example; the others are used then. Without it the first
   * such tool is thrown.
   */
  onUnusable?: ((error: ToolSourceError) => void) | undefined;
}

/** A tool as its source has it. */
export interface SourceItem {
  /** What the source calls it. */
  readonly name: string;
  /** Makes a tool of it, under this name. */
  make(name: string): Tool | Promise<Tool>;
}

/**
 * Makes the tools of a source.
 *
 * @param source - Names the source in errors.
 * @throws ToolSourceError `SOURCE_TOOL_INVALID`; AdapterError when a library that all of them need is missing.
 */
export async function usableTools(
  source: string,
  items: readonly SourceItem[],
  options: SourceToolsOptions = {},
): Promise<Tool[]> {
  const names = toolNames(
    source,
    items.map(({ name }) => name),
    options,
  );
  const tools: Tool[] = [];
  for (const [index, item] of items.entries()) {
    try {
      tools.push(await item.make(names[index] ?? item.name));
    } catch (cause) {
      // A library that is missing is nothing about this one tool.
      if (cause instanceof AdapterError) throw cause;
      const error = unusableTool(source, item.name, cause);
      if (!options.onUnusable) throw error;
      options.onUnusable(error);
    }
  }
  return tools;
}

/** The report of a tool that cannot be used. */
function unusableTool(source: string, tool: string, cause: unknown): ToolSourceError {
  if (cause instanceof ToolSourceError) return cause;
  return new ToolSourceError(`${source}: the tool ${JSON.stringify(tool)} cannot be used: ${errorMessage(cause)}`, {
    code: "SOURCE_TOOL_INVALID",
    data: { source, tool },
    cause,
  });
}
