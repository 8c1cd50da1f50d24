import { checkDeclaration, type Tool } from "../../tool/tool.ts";
import { toolNameProblem } from "../../tool/tool-name.ts";
import { configError } from "../agent-error.ts";
import type { AgentOptions } from "./agent-options.ts";
import { AgentTool } from "../agent-tool.ts";
import { finalAnswerName } from "../calls/wanted-calls.ts";

/**
 * Checks the options of an agent before anything runs.
 *
 * @param callable - What the model can call: the tools, then the managed agents.
 * @throws AgentError `AGENT_CONFIG`, ToolDeclarationError for a tool declared wrongly.
 */
export function checkOptions(options: AgentOptions, callable: readonly Tool[]): void {
  const { name, needsApproval } = options;
  if (name !== undefined) {
    const problem = toolNameProblem(name);
    if (problem) throw configError(`The agent's name ${JSON.stringify(name)} cannot be used: ${problem}`);
  }
  checkNames(callable, name);
  if (options.managedAgents?.some((agent) => agent.name === finalAnswerName)) {
    throw configError(`A managed agent cannot be called ${finalAnswerName}: that name gives the final answer`);
  }
  if (needsApproval !== undefined && !options.approve) {
    throw configError("needsApproval is given, but nobody to ask: give `approve` too");
  }
  if (needsApproval !== undefined && typeof needsApproval !== "function") checkApproved(needsApproval, callable);
}

/** A name that is misspelt would leave a tool without the approval that somebody counts on. */
function checkApproved(names: readonly string[], callable: readonly Tool[]): void {
  const known = new Set(namesOf(callable));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw configError(`needsApproval: there is no tool called ${unknown.join(", ")}. There are ${[...known].join(", ")}`);
}

/** Names of tools, and of those that managed agents have. */
function namesOf(tools: readonly Tool[]): string[] {
  return tools.flatMap((tool) =>
    tool instanceof AgentTool
      ? [tool.name, ...namesOf([...tool.agent.tools, ...tool.agent.managedAgents])]
      : [tool.name],
  );
}

function checkNames(callable: readonly Tool[], agentName: string | undefined): void {
  const names = new Set<string>();
  const twice = new Set<string>();
  for (const tool of callable) {
    checkDeclaration(tool);
    if (names.has(tool.name) || tool.name === agentName) twice.add(tool.name);
    names.add(tool.name);
  }
  if (twice.size === 0) return;
  const list = [...twice].map((name) => `"${name}"`).join(", ");
  throw configError(
    `Tools, managed agents and the agent itself need different names; more than one of them is called ${list}: rename one`,
  );
}
