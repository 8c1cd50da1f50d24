import type { Agent } from "@smoltools/core";
import { type AgentDefinition, agentLimits, AgentFileError, type ManagedAgentRecord, parseRef } from "@smoltools/hub";
import type { Report } from "../left-out.ts";
import { describeModel } from "../models/describe-model.ts";
import { loadedOf } from "../parts/loaded-agents.ts";
import { checkSavable } from "../parts/savable-agent.ts";
import { describeOptions } from "./describe-options.ts";
import { describeTool } from "./describe-tool.ts";
import type { Saving } from "./saving.ts";

/**
 * An agent as a file has it, with everything below it.
 *
 * @param prefix - Its folder in the package: empty, or with a `/` at its end.
 * @throws AgentFileError `AGENT_NOT_SAVABLE`.
 */
export async function describeAgent(
  agent: Agent,
  saving: Saving,
  report: Report,
  prefix = "",
  depth = 1,
): Promise<AgentDefinition> {
  checkSavable(agent);
  if (depth > agentLimits.maxDepth) {
    throw new AgentFileError(`The agents are nested more than ${agentLimits.maxDepth} deep: that cannot be saved`, {
      code: "AGENT_NOT_SAVABLE",
      data: { limit: agentLimits.maxDepth },
    });
  }
  const model = describeModel(agent.options.model, report);
  const tools: AgentDefinition["tools"][number][] = [];
  for (const tool of agent.tools) tools.push(await describeTool(tool, prefix, saving, report));
  const managedAgents: ManagedAgentRecord[] = [];
  for (const { agent: managed, name } of agent.managedAgents) {
    const below = { report: report.within(`managedAgents.${name}`), prefix: `${prefix}managed_agents/${name}/` };
    managedAgents.push(
      pinned(managed, saving) ?? {
        kind: "inline",
        agent: await describeAgent(managed, saving, below.report, below.prefix, depth + 1),
      },
    );
  }
  return {
    class: agent.kind === "code" ? "CodeAgent" : "ToolCallingAgent",
    model,
    tools,
    managedAgents,
    options: describeOptions(agent, saving, report),
  };
}

/** An agent that was loaded from a hub, and is what it was: a pin is all that it takes. */
function pinned(agent: Agent, saving: Saving): ManagedAgentRecord | undefined {
  const loaded = loadedOf(agent);
  if (loaded?.origin.kind !== "hub" || !loaded.isUnchanged) return undefined;
  const { ref, repo, version, commit, integrity, hub } = loaded.origin;
  const parsed = parseRef(ref);
  const { permissions } = loaded;
  saving.permit(permissions);
  saving.hubs.add(hub);
  return {
    kind: "package",
    ref,
    repoType: parsed.kind === "hub" ? parsed.repoType : "space",
    repo,
    ...(version !== undefined && { version }),
    commit,
    integrity,
    permissions,
  };
}
