import type { AgentTool } from "../agent-tool.ts";

/** The user's instructions as a section of the system prompt. */
export function instructionsSection(instructions: string | undefined): string {
  return instructions ? `\n\nInstructions for this work:\n${instructions}` : "";
}

/** Presents the agents that a model may give tasks to, as a section of a prompt. */
export function managedAgentsSection(agents: readonly AgentTool[]): string {
  if (agents.length === 0) return "";
  const list = agents.map(({ name, description }) => `- ${name}: ${description}`).join("\n");
  return `\n\nThese are members of your team: agents that work on a task by themselves and report to you.
${list}
Give them a task as you would give it to a colleague who knows nothing of yours: say at length what you need, what for, and what you know already.`;
}
