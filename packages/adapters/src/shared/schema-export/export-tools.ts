import type { ToolContext, ToolDeclaration } from "@smoltools/core";
import { AdapterError } from "../adapter-error.ts";
import type { ToolOrAgent } from "../tools/tool-or-agent.ts";
import { toolsByName } from "../tools/tools-by-name.ts";

/** A tool as a provider is told of it. */
export interface ExportedTool<Definition> {
  /** To be sent to the provider. */
  readonly definition: Definition;
  /**
   * Makes the tool's input of the arguments of a call, as the provider's SDK hands them over: an object, or JSON text.
   * Never throws: what it does not know stays as it is, to be judged by the tool's own check.
   */
  readonly decode: (args: unknown) => unknown;
}

/** Several tools as a provider is told of them. */
export interface ExportedTools<Definition> {
  /** To be sent to the provider, in the order of the tools. */
  readonly definitions: Definition[];
  /**
   * Answers a call of the model's: decodes its arguments, checks them, runs the tool, checks the result.
   *
   * @param name - The name in the call.
   * @param args - Its arguments as the provider's SDK hands them over: an object, or JSON text.
   * @throws AdapterError `ADAPTER_TOOL_UNKNOWN` for a name that no tool has; everything that the tool's `call` throws.
   */
  call(name: string, args: unknown, context?: ToolContext): Promise<unknown>;
}

/**
 * Exports several tools, or agents.
 *
 * @param toProvider - Exports one.
 * @throws AdapterError `ADAPTER_OPTIONS_INVALID` when two have one name; AgentError `AGENT_CONFIG`.
 */
export function exportTools<Definition>(
  tools: readonly ToolOrAgent[],
  toProvider: (tool: ToolDeclaration) => ExportedTool<Definition>,
): ExportedTools<Definition> {
  const named = [...toolsByName("A provider's tools", tools)];
  const byName = new Map(named.map(([name, tool]) => [name, { tool, exported: toProvider(tool) }]));
  return {
    definitions: [...byName.values()].map(({ exported }) => exported.definition),
    async call(name, args, context) {
      const known = byName.get(name);
      if (known) return known.tool.call(known.exported.decode(args), context);
      const message = `There is no tool ${JSON.stringify(name)}: there are ${[...byName.keys()].join(", ")}.`;
      throw new AdapterError(message, { code: "ADAPTER_TOOL_UNKNOWN" });
    },
  };
}
