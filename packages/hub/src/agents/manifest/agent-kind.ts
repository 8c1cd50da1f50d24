import type { PackageKind } from "../../push/publication.ts";
import { agentFileName, type AgentManifest } from "./agent-manifest.ts";
import { compareAgents } from "./compare-agents.ts";
import { readAgentManifest } from "./read-agent-manifest.ts";

/** The packages that hold an agent. */
export const agentKind: PackageKind<AgentManifest> = {
  manifestName: agentFileName,
  read: readAgentManifest,
  compare: compareAgents,
};
