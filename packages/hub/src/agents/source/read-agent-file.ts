import { AgentFileError } from "../../errors/agent-file-error.ts";
import { checkEngine } from "../../load/engine/check-engine.ts";
import { packageLimits } from "../../manifest/package-limits.ts";
import type { PackageSignature } from "../../signing/open-signature.ts";
import { agentFileName, type AgentManifest } from "../manifest/agent-manifest.ts";
import { isSmoltoolsAgent } from "../manifest/is-smoltools-agent.ts";
import { parseAgentJson, readAgentManifest } from "../manifest/read-agent-manifest.ts";
import type { AgentSource } from "./agent-source.ts";
import { readSignature } from "./read-signature.ts";

/** The verified `agent.json` of a source. */
export interface AgentFile {
  manifest: AgentManifest;
  /** Reads its signature; `undefined` where the manifest names no keys. */
  signature(): Promise<PackageSignature | undefined>;
}

/**
 * Reads the `agent.json` of a source, if smoltools wrote it.
 *
 * @param accept - Throws for a manifest that is not wanted.
 * @returns `undefined` for one that smolagents wrote.
 * @throws AgentFileError `AGENT_FILE_MISSING`; PackageError `RUNTIME_UNSUPPORTED`; and as `readAgentManifest` and
 *   `accept` do.
 */
export async function readAnyAgentFile(
  source: AgentSource,
  accept: (manifest: AgentManifest) => void = () => undefined,
): Promise<AgentFile | undefined> {
  const read = await source.read(agentFileName, packageLimits.maxManifestBytes, (bytes) => {
    if (!isSmoltoolsAgent(parseAgentJson(bytes, source.name))) return { bytes };
    const manifest = readAgentManifest(bytes, source.name);
    accept(manifest);
    checkEngine(manifest, source.name);
    return { bytes, manifest };
  });
  if (!read) {
    throw new AgentFileError(`${source.name} has no ${agentFileName}: it is not a saved agent`, {
      code: "AGENT_FILE_MISSING",
      data: { source: source.name },
    });
  }
  const { bytes, manifest } = read;
  return manifest && { manifest, signature: () => readSignature(source, agentFileName, bytes, manifest.signers) };
}

/**
 * Reads the `agent.json` of a source.
 *
 * @throws as {@link readAnyAgentFile} does; AgentFileError `AGENT_FILE_INVALID` for one that smolagents wrote.
 */
export async function readAgentFile(
  source: AgentSource,
  accept: (manifest: AgentManifest) => void,
): Promise<AgentFile> {
  const file = await readAnyAgentFile(source, accept);
  if (file) return file;
  throw new AgentFileError(`${agentFileName} of ${source.name} was not made by smoltools`, {
    code: "AGENT_FILE_INVALID",
    data: { source: source.name },
  });
}
