import { checkDeclaration, isTool, type Tool } from "../tool/tool.ts";
import { toolNameProblem } from "../tool/names.ts";
import { configError } from "./agent-error.ts";
import type { AgentOptions } from "./agent-options.ts";
import { checkBudget } from "./loop/budget.ts";
import { checkCompaction } from "./loop/compaction.ts";

/**
 * Checks the options of an agent before anything runs.
 *
 * @param callable - What the model can call: the tools, then the managed agents.
 * @throws AgentError `AGENT_CONFIG`, ToolDeclarationError for a tool declared wrongly.
 */
export function checkOptions(options: AgentOptions, callable: readonly Tool[]): void {
  const { name, planningInterval, maxSteps, maxImages } = options;
  if (name !== undefined) {
    const problem = toolNameProblem(name);
    if (problem) throw configError(`The agent's name ${JSON.stringify(name)} cannot be used: ${problem}`);
  }
  checkNames(callable, name);
  if (maxSteps !== undefined) checkCount("maxSteps", maxSteps);
  if (planningInterval !== undefined) checkCount("planningInterval", planningInterval);
  if (maxImages !== undefined) checkCount("maxImages", maxImages, 0);
  if (options.budget) checkBudget(options.budget);
  if (options.compaction) checkCompaction(options.compaction);
  if (options.needsApproval !== undefined && !options.approve) {
    throw configError("needsApproval is given, but nobody to ask: give `approve` too");
  }
}

/** @throws AgentError `AGENT_CONFIG` when it is no whole number from the least one. */
export function checkCount(option: string, value: number, least = 1): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw configError(`${option} is ${value}: it must be a whole number, ${least} or more`);
}

function checkNames(callable: readonly Tool[], agentName: string | undefined): void {
  const names = new Set<string>();
  const twice = new Set<string>();
  for (const tool of callable) {
    if (!isTool(tool)) throw configError("A value in `tools` is not a tool: make it with tool({ … }) or load it");
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
