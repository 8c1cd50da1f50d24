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
import { environmentHub } from "../../hub/environment-hub.ts";
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

/** See `packageAgent` of `saved-agents.ts`. */
export async function packageAgent(agent: Agent, options: AgentSaveOptions = {}): Promise<SavedAgent> {
  return (await describe(agent, options)).saved;
}

/** See `saveAgent` of `saved-agents.ts`. */
export async function saveAgent(agent: Agent, folder: string, options: AgentSaveOptions = {}): Promise<SavedAgent> {
  const { saved } = await describe(agent, options);
  await writeAgent(saved.packed, folder, { token: options.token });
  return saved;
}

/** See `publishAgent` of `saved-agents.ts`. */
export async function publishAgent(agent: Agent, name: string, options: AgentPushOptions): Promise<PushedAgent> {
  const { saved, saving } = await describe(agent, { ...options, name }, options.sign?.publicKeys);
  const client = new HubClient(saving.options);
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
  const saving = new Saving(environmentHub(options));
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
