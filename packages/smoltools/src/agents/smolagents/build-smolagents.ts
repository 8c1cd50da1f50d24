import type { Tool } from "@smoltools/core";
import type { AgentClass, Permissions, SmolagentsFolder, SmolagentsPackage } from "@smoltools/hub";
import type { Report } from "../left-out.ts";
import type { Loading } from "../load/loading.ts";
import { makeAgent, type UmbrellaAgent } from "../load/make-agent.ts";
import { allPermissions } from "../parts/all-permissions.ts";
import { modelNeeded } from "../models/make-model.ts";
import { classOf, convertOptions } from "./convert-agent.ts";
import { isUsualFinalAnswer, type KnownTool, knownTool } from "./known-tools.ts";
import { convertModel, type SmolagentsModel } from "./model-classes.ts";

/**
 * Makes an agent of one that smolagents saved: its tools run in the sandbox for Python, its code too.
 *
 * @param checkClass - Refuses a class that the caller did not ask for.
 * @throws AgentFileError for a class or model that there is not; PackageError for a tool that cannot be used.
 */
export async function buildSmolagents(
  from: SmolagentsPackage,
  loading: Loading,
  checkClass: (name: AgentClass) => void,
): Promise<UmbrellaAgent> {
  checkClass(classOf(from.root.file, from.ref));
  // What stands in for tools of smolagents is asked for once, and before anything is made.
  const granted = await from.grant(allPermissions(...standIns(from.root, loading)));
  return buildFolder(from.root, { from, granted, loading }, loading.report, loading.options.overrides);
}

interface Building {
  from: SmolagentsPackage;
  granted: Permissions;
  loading: Loading;
}

async function buildFolder(
  folder: SmolagentsFolder,
  building: Building,
  report: Report,
  overrides: object = {},
): Promise<UmbrellaAgent> {
  const { from, loading } = building;
  const { file } = folder;
  const kind = classOf(file, from.ref);
  const options = convertOptions(file, kind, report);
  const tools: Tool[] = [];
  for (const [name, source] of folder.tools) {
    const tool = await toolOf(name, source, building, report);
    if (tool) tools.push(tool);
  }
  const managedAgents: UmbrellaAgent[] = [];
  for (const [name, managed] of folder.managedAgents) {
    managedAgents.push(await buildFolder(managed, building, report.within(`managed_agents.${name}`)));
  }
  const model = modelOf(file["model"], loading, report);
  return makeAgent({ class: kind, model: model.record, options, tools, managedAgents }, loading, report, overrides);
}

/** @throws AgentFileError `AGENT_MODEL_NEEDED`. */
function modelOf(model: unknown, loading: Loading, report: Report): SmolagentsModel {
  const { model: given } = loading.options;
  // A caller's model makes all of the file's unnecessary, also one of a class that nobody knows.
  if (given && typeof given !== "function") return { record: { provider: given.provider, id: given.id } };
  const converted = convertModel(model, loading.source, report);
  const { record, problem } = converted;
  if (problem !== undefined && !given) throw modelNeeded(record, loading.source, problem);
  return converted;
}

async function toolOf(
  name: string,
  source: string,
  { from, granted, loading }: Building,
  report: Report,
): Promise<Tool | undefined> {
  const given = loading.givenTool(name);
  if (given) return given;
  if (isUsualFinalAnswer(name, source)) return undefined;
  const standIn = knownTool(name, source);
  if (!standIn) return from.tool(name, source);
  report.add(`tools.${name}`, "a tool that comes with smolagents is not run", `${standIn.name} of smoltools`);
  return loading.builtIn(name, standIn.settings, async () => grantedTo(standIn, granted, loading), report);
}

/** A tool gets its own part of what was granted. */
function grantedTo({ name, settings }: KnownTool, granted: Permissions, loading: Loading): Permissions {
  const own = allPermissions(loading.builtInPermissions(name, settings));
  return { ...own, net: own.net.filter((host) => granted.net.includes(host)) };
}

/** What the tools may do that stand in for those of smolagents. */
function standIns({ tools, managedAgents }: SmolagentsFolder, loading: Loading): Partial<Permissions>[] {
  const own = [...tools].flatMap(([name, source]) => {
    const found = loading.givenTool(name) ? undefined : knownTool(name, source);
    return found ? [loading.builtInPermissions(found.name, found.settings)] : [];
  });
  return [...own, ...[...managedAgents.values()].flatMap((managed) => standIns(managed, loading))];
}
