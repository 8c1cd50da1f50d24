import {
  type AgentClass,
  AgentFileError,
  type AgentPackage,
  type LoadOptions,
  openAgent,
  openAgentFolder,
  type Runtimes,
  type SmolagentsPackage,
} from "@smoltools/hub";
import type { CodeAgent } from "../../code-agent.ts";
import { hubDefaults } from "../../hub/hub-defaults.ts";
import type { ToolCallingAgent } from "../../tool-calling-agent.ts";
import { disposeAll, rememberLoaded } from "../parts/loaded-agents.ts";
import { buildSmolagents } from "../smolagents/build-smolagents.ts";
import type { AgentLoadOptions } from "./agent-load-options.ts";
import { buildAgent, isUnchanged } from "./build-agent.ts";
import { Loading } from "./loading.ts";
import type { UmbrellaAgent } from "./make-agent.ts";

/** Where an agent is: a ref, or the path of a folder or an archive, which may hold what has a meaning in refs. */
type AgentPlace = { ref: string } | { path: string };

/** See `loadAgent` of `saved-agents.ts`. */
export async function loadAgent(ref: string, options: AgentLoadOptions = {}): Promise<UmbrellaAgent> {
  return finish(await openAgent(ref, hubOptions(options)), options, undefined);
}

/**
 * Loads a saved agent of one class, of a hub or of a folder.
 *
 * @throws as {@link loadAgent} does; AgentFileError `AGENT_CLASS_UNKNOWN` for one of the other class.
 */
export async function loadAgentOf(name: "CodeAgent", at: AgentPlace, options: AgentLoadOptions): Promise<CodeAgent>;
export async function loadAgentOf(
  name: "ToolCallingAgent",
  at: AgentPlace,
  options: AgentLoadOptions,
): Promise<ToolCallingAgent>;
export async function loadAgentOf(name: AgentClass, at: AgentPlace, options: AgentLoadOptions): Promise<UmbrellaAgent> {
  const hub = hubOptions(options);
  return finish(await ("ref" in at ? openAgent(at.ref, hub) : openAgentFolder(at.path, hub)), options, name);
}

function hubOptions(options: AgentLoadOptions): LoadOptions {
  const { toolSandbox, sandbox: _sandbox, limits: _limits, python, ...further } = options;
  return hubDefaults(
    {
      ...further,
      ...(python?.packages && { runtimes: { ...withPackages(python.packages), ...options.runtimes } }),
      ...(toolSandbox && { sandbox: toolSandbox }),
    },
    options.env,
  );
}

async function finish(
  opened: AgentPackage | SmolagentsPackage,
  options: AgentLoadOptions,
  wanted: AgentClass | undefined,
): Promise<UmbrellaAgent> {
  const loading = new Loading(opened.ref, options);
  loading.owned.push(opened);
  try {
    const agent = await build(opened, loading, wanted);
    await opened.keep();
    const { origin, permissions } = opened;
    const isPinnable = opened.form === "smoltools" && isUnchanged(loading);
    const { reported: report } = loading;
    rememberLoaded(agent, { origin, permissions, report, isUnchanged: isPinnable }, loading.owned);
    options.onReport?.(report);
    return agent;
  } catch (error) {
    await disposeAll(loading.owned);
    throw error;
  }
}

async function build(
  opened: AgentPackage | SmolagentsPackage,
  loading: Loading,
  wanted: AgentClass | undefined,
): Promise<UmbrellaAgent> {
  const { overrides } = loading.options;
  if (opened.form === "smolagents") {
    return buildSmolagents(opened, loading, (name) => checkClass(name, wanted, opened.ref));
  }
  const { agent } = opened.manifest;
  checkClass(agent.class, wanted, opened.ref);
  loading.checkHooks(agent);
  return buildAgent(agent, opened, loading, loading.report, overrides);
}

function checkClass(name: AgentClass, wanted: AgentClass | undefined, ref: string): void {
  if (wanted === undefined || name === wanted) return;
  throw new AgentFileError(`${ref} is a ${name}: load it with ${name}.fromHub or fromFolder, or with loadAgent`, {
    code: "AGENT_CLASS_UNKNOWN",
    data: { ref, class: name, wanted },
  });
}

/** Where tools in Python run that need packages of this machine. Nothing is loaded before the first of them. */
function withPackages(packages: readonly string[]): Runtimes {
  const open: NonNullable<Runtimes["python"]>["open"] = async (source, options) => {
    const { smolagentsTools } = await import("@smoltools/adapters/sandboxes/python");
    return smolagentsTools({ packages }).open(source, options);
  };
  return { python: { name: "python", open } };
}
