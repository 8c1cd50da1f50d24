import valid from "semver/functions/valid.js";
import { PackageError } from "../../errors/package-error.ts";
import { sha256 } from "../../integrity/hash.ts";
import { manifestIntegrity } from "../../integrity/manifest-integrity.ts";
import type { ManifestFile } from "../../manifest/manifest.ts";
import { type Permissions, sortPermissions } from "../../manifest/permissions.ts";
import type { Publication } from "../../push/publication.ts";
import { repoNameProblem } from "../../ref/repo-name.ts";
import type { AgentDefinition } from "../manifest/agent-definition.ts";
import { agentKind } from "../manifest/agent-kind.ts";
import { agentFileName, type AgentManifest } from "../manifest/agent-manifest.ts";
import { agentReadme } from "./agent-readme.ts";
import { readAgentManifest } from "../manifest/read-agent-manifest.ts";

/** What the package of an agent is made of. */
export interface AgentInput {
  /** `owner/name`. */
  name: string;
  version: string;
  description: string;
  license?: string | undefined;
  keywords?: readonly string[] | undefined;
  /** What the version brings, for people. */
  notes?: string | undefined;
  agent: AgentDefinition;
  /** What all tools may do, together. */
  permissions: Permissions;
  /** Files of the packages of tools that are part of this one, by their paths in it. */
  bundled?: ReadonlyMap<string, Uint8Array> | undefined;
  /** The author's README. */
  readme?: string | undefined;
  /** The public keys that will sign it: `publicKeys` of a signer. */
  signers?: readonly string[] | undefined;
}

/** The package of an agent, ready to be pushed or written to a folder. */
export type PackedAgent = Publication<AgentManifest>;

/**
 * Makes the package of an agent: the same input gives the same bytes.
 *
 * @throws PackageError for a wrong name or version, an unsafe path, or too large a package; AgentFileError for an agent
 *   of too many parts.
 */
export function packAgent(input: AgentInput): PackedAgent {
  const { name, version, description, license, keywords = [], notes, agent, signers = [] } = input;
  const nameProblem = repoNameProblem(name);
  if (nameProblem) {
    throw new PackageError(`A package is named owner/name: ${nameProblem}`, { code: "REF_INVALID", data: { name } });
  }
  if (valid(version) !== version) {
    throw new PackageError(`${JSON.stringify(version)} is not a semantic version: write it like 1.2.3`, {
      code: "VERSION_INVALID",
      data: { version },
    });
  }
  const described = {
    schemaVersion: 1 as const,
    name,
    version,
    description,
    ...(license !== undefined && { license }),
    ...(keywords.length > 0 && { keywords: [...keywords] }),
    ...(notes !== undefined && { notes }),
    engines: { smoltools: ">=0.1.0" },
    agent,
    permissions: sortPermissions(input.permissions),
    ...(signers.length > 0 && { signers: [...signers] }),
  };
  const contents = new Map(input.bundled);
  contents.set("README.md", Buffer.from(agentReadme(described, input.readme), "utf8"));
  const files: Record<string, ManifestFile> = {};
  const sorted = [...contents].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [path, bytes] of sorted) files[path] = { size: bytes.byteLength, sha256: sha256(bytes) };
  const unsigned = { ...described, files };
  const bytes = Buffer.from(`${JSON.stringify({ ...unsigned, integrity: manifestIntegrity(unsigned) }, null, 2)}\n`);
  // Read like any file of an agent: what cannot be loaded is not packed either.
  const manifest = readAgentManifest(bytes, `${name}@${version}`);
  return { kind: agentKind, manifest, files: new Map([[agentFileName, bytes], ...sorted]) };
}
