import type { PackageManifest } from "../../manifest/package-manifest.ts";
import type { Permissions } from "../../manifest/permissions.ts";
import type { AgentDefinition } from "./agent-definition.ts";

/** The file that describes the package of an agent. */
export const agentFileName = "agent.json";

/** `agent.json`: a whole agent, without its secrets. */
export interface AgentManifest extends PackageManifest {
  schemaVersion: 1;
  description: string;
  /** SPDX expression. */
  license?: string;
  keywords?: string[];
  engines: { smoltools: string };
  agent: AgentDefinition;
  /** What all of its tools may do, together. `"*"` among the hosts means every public one. */
  permissions: Permissions;
}
