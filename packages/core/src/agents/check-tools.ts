import { checkDeclaration, isTool, type Tool } from "../tool/tool.ts";
import { AgentError } from "./agent-error.ts";

/**
 * Checks the tools of an agent before anything runs.
 *
 * @throws AgentError `AGENT_CONFIG` for a value that is no tool, or two tools of one name.
 */
export function checkTools(tools: readonly Tool[]): void {
  const names = new Set<string>();
  for (const tool of tools) {
    if (!isTool(tool)) {
      throw new AgentError("A value in `tools` is not a tool: make it with tool({ … }) or load it", {
        code: "AGENT_CONFIG",
      });
    }
    checkDeclaration(tool);
    if (names.has(tool.name)) {
      throw new AgentError(`Two tools are called "${tool.name}": rename one of them`, { code: "AGENT_CONFIG" });
    }
    names.add(tool.name);
  }
}
