import type { Tool } from "@smoltools/core";
import { type AgentDefinition, type AgentPackage, grantAgent, type Permissions, type ToolRecord } from "@smoltools/hub";
import type { Report } from "../left-out.ts";
import { rememberLoaded } from "../parts/loaded-agents.ts";
import type { Loading } from "./loading.ts";
import { allPermissions } from "../parts/all-permissions.ts";
import { makeAgent, type UmbrellaAgent } from "./make-agent.ts";

/**
 * Makes an agent of its definition in a package, with all that it holds.
 *
 * @param overrides - Options of the caller's, for this agent alone.
 */
export async function buildAgent(
  definition: AgentDefinition,
  from: AgentPackage,
  loading: Loading,
  report: Report,
  overrides: object = {},
  depth = 1,
): Promise<UmbrellaAgent> {
  loading.checkDepth(depth);
  const tools: Tool[] = [];
  for (const record of definition.tools) tools.push(await toolOf(record, from, loading, report));
  const managedAgents: UmbrellaAgent[] = [];
  for (const [index, record] of definition.managedAgents.entries()) {
    if (record.kind === "inline") {
      const within = report.within(`managedAgents.${record.agent.options.name ?? index}`);
      managedAgents.push(await buildAgent(record.agent, from, loading, within, {}, depth + 1));
      continue;
    }
    const managed = await from.managedAgent(record);
    const { agent: own } = managed.manifest;
    loading.checkHooks(own);
    const within = report.within(`managedAgents.${own.options.name ?? index}`);
    const agent = await buildAgent(own, managed, loading, within, {}, depth + 1);
    const { origin, permissions } = managed;
    rememberLoaded(agent, { origin, permissions, report: [], isUnchanged: isUnchanged(loading) }, []);
    managedAgents.push(agent);
  }
  return makeAgent({ ...definition, tools, managedAgents }, loading, report, overrides);
}

/** Whether nothing was put in place of what the files say. */
export function isUnchanged({ options: { model, tools, overrides } }: Loading): boolean {
  return !model && !tools && !overrides;
}

async function toolOf(record: ToolRecord, from: AgentPackage, loading: Loading, report: Report): Promise<Tool> {
  const name = record.kind === "built-in" ? record.name : record.tool;
  const given = loading.givenTool(name);
  if (given) return given;
  if (record.kind !== "built-in") return from.tool(record);
  // What a tool of smoltools may do is a part of what the agent asked for.
  const grant = (permissions: Partial<Permissions>): Promise<Permissions> =>
    grantAgent(`${name}, of ${from.ref}`, allPermissions(permissions), from.permissions);
  return loading.builtIn(name, record.settings, grant, report);
}
