import { type Agent, literalLine } from "@smoltools/core";
import {
  AgentFileError,
  HubClient,
  packAgent,
  type PackedAgent,
  pushAgent,
  type PushOptions,
  type PushResult,
  type Signer,
  writeAgent,
} from "@smoltools/hub";
import { hubDefaults } from "../../hub-defaults.ts";
import { type LeftOut, Report } from "../left-out.ts";
import { describeAgent } from "./describe-agent.ts";
import { type AgentSaveOptions, Saving } from "./saving.ts";

/** An agent as a package, and what it lost on the way. */
export interface SavedAgent {
  packed: PackedAgent;
  /** What the file has not. */
  report: readonly LeftOut[];
}

/** An agent that was published. */
export interface PushedAgent extends SavedAgent {
  pushed: PushResult;
}

/** Options of pushing an agent. */
export interface AgentPushOptions extends Omit<AgentSaveOptions, "name">, Omit<PushOptions, "sign"> {
  /** Version of the agent, such as `"1.2.0"`. */
  version: string;
  /** Signs it: `signerFor` of `@smoltools/hub` makes a signer of keys on this machine. */
  sign?: Signer;
}

/**
 * Makes a package of an agent: its options, its tools as pinned refs or packages, the agents that it manages. Functions
 * are saved by their names; keys and other secrets are not saved at all.
 *
 * @throws AgentFileError `AGENT_NOT_SAVABLE` for a tool without a package, or an agent that is not one of this library;
 *   PackageError for a wrong name or version.
 */
export async function packageAgent(agent: Agent, options: AgentSaveOptions = {}): Promise<SavedAgent> {
  return (await describe(agent, options)).saved;
}

/**
 * Writes an agent to a folder.
 *
 * @throws as {@link packageAgent} does; PackageError `SECRET_FOUND`, `REPO_NOT_PACKAGE`.
 */
export async function saveAgent(agent: Agent, folder: string, options: AgentSaveOptions = {}): Promise<SavedAgent> {
  const { saved } = await describe(agent, options);
  await writeAgent(saved.packed, folder, { token: options.token });
  return saved;
}

/**
 * Publishes an agent on a hub.
 *
 * @param name - `owner/name`.
 * @throws as {@link packageAgent} and `pushAgent` of `@smoltools/hub` do; AgentFileError `AGENT_NOT_SAVABLE` for a tool
 *   that is pinned on another hub.
 */
export async function publishAgent(agent: Agent, name: string, options: AgentPushOptions): Promise<PushedAgent> {
  const { saved, saving } = await describe(agent, { ...options, name }, options.sign?.publicKeys);
  const { hubUrl, token } = saving.options;
  const client = new HubClient({ ...(hubUrl !== undefined && { hubUrl }), ...(token !== undefined && { token }) });
  const foreign = [...saving.hubs].find((hub) => hub !== client.hubUrl);
  if (foreign !== undefined) {
    throw new AgentFileError(
      `The agent has a tool or an agent of ${foreign}: whoever loads it looks for them on ${client.hubUrl}. Publish them ` +
        "there too, or name their folders in toolPackages",
      { code: "AGENT_NOT_SAVABLE", data: { hub: foreign } },
    );
  }
  return { ...saved, pushed: await pushAgent(client, saved.packed, options) };
}

async function describe(
  agent: Agent,
  options: AgentSaveOptions,
  signers?: readonly string[],
): Promise<{ saved: SavedAgent; saving: Saving }> {
  const hub = hubDefaults({
    ...(options.hubUrl !== undefined && { hubUrl: options.hubUrl }),
    ...(options.token !== undefined && { token: options.token }),
  });
  const token = typeof hub.token === "string" ? { token: hub.token } : {};
  const saving = new Saving({ ...options, ...(hub.hubUrl !== undefined && { hubUrl: hub.hubUrl }), ...token });
  const report = new Report();
  const definition = await describeAgent(agent, saving, report);
  const { name = `local/${agent.name ?? "agent"}`, version = "0.1.0" } = options;
  const packed = packAgent({
    name,
    version,
    description: options.description ?? (firstLine(agent.description) || `The agent ${name}.`),
    license: options.license,
    keywords: options.keywords,
    notes: options.notes,
    readme: options.readme,
    agent: definition,
    permissions: saving.permissions,
    bundled: saving.bundled,
    signers,
  });
  options.onReport?.(report.entries);
  return { saved: { packed, report: report.entries }, saving };
}

/** Of what managers are told of an agent, what fits into a list of packages. */
function firstLine(description = ""): string {
  const [line = ""] = description.trim().split("\n");
  return literalLine(line.length > 500 ? `${line.slice(0, 500).trimEnd()}…` : line);
}
