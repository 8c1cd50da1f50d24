import type { Tool } from "@smoltools/core";
import { AdapterError } from "../adapter-error.ts";
import { asTool, type ToolOrAgent } from "./tool-or-agent.ts";

/**
 * Tools by the names by which they will be called, in their order.
 *
 * @param taker - Who takes them, in the error: `"toAiSdk"`.
 * @throws AdapterError `ADAPTER_OPTIONS_INVALID` when two have one name; AgentError `AGENT_CONFIG`.
 */
export function toolsByName(taker: string, given: readonly ToolOrAgent[]): Map<string, Tool> {
  const byName = new Map<string, Tool>();
  for (const tool of given.map(asTool)) {
    if (byName.has(tool.name)) {
      throw new AdapterError(`${taker}: two tools are named ${tool.name}: give one another name, or leave it out`, {
        code: "ADAPTER_OPTIONS_INVALID",
      });
    }
    byName.set(tool.name, tool);
  }
  return byName;
}
