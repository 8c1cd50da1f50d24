import { isSmoltoolsError } from "@smoltools/core";
import { inlineAgents, type LockedPackage } from "../agents/manifest/agent-definition.ts";
import { agentKind } from "../agents/manifest/agent-kind.ts";
import { agentFileName, type AgentManifest } from "../agents/manifest/agent-manifest.ts";
import type { PackedAgent } from "../agents/pack/pack-agent.ts";
import { readAgentManifest } from "../agents/manifest/read-agent-manifest.ts";
import { type Archive, type ArchivePart, partId } from "../archive/archive-part.ts";
import { archivedPackage } from "../archive/archived-package.ts";
import { readPartManifest } from "../archive/read-part-manifest.ts";
import { AgentFileError } from "../errors/agent-file-error.ts";
import type { HubCallOptions, HubClient } from "../http/hub-client.ts";
import { packageLimits } from "../manifest/package-limits.ts";
import { manifestName } from "../manifest/manifest.ts";
import { publish } from "../push/publish.ts";
import { pushPackage } from "../push/push-package.ts";
import type { PushOptions, PushResult } from "../push/push-options.ts";
import { mapLimited } from "../shared/map-limited.ts";

/** How many packages are looked up at the same time. */
const parallelPackages = 4;

/**
 * Publishes the package of an archive, of tools or of an agent, byte for byte, its signature included. The packages that
 * come with an agent are not published: its pins name commits, so they must be on the hub already.
 *
 * @throws AgentFileError `AGENT_NOT_SAVABLE` for an agent whose packages the hub does not have; and as `publish` does.
 */
export async function pushArchive(
  client: HubClient,
  { main }: Archive,
  options: PushOptions = {},
): Promise<PushResult> {
  if (main.manifestName !== agentFileName) return pushPackage(client, archivedPackage(main), options);
  const agent = archivedAgent(main);
  await checkPins(client, agent.manifest, options);
  return publish(client, agent, options);
}

function archivedAgent(part: ArchivePart): PackedAgent {
  const bytes = part.files.get(agentFileName) ?? new Uint8Array();
  return { kind: agentKind, manifest: readAgentManifest(bytes, partId(part)), files: part.files };
}

/** Whoever loads the agent looks for its packages on the hub that it comes from. */
async function checkPins(client: HubClient, { agent, name }: AgentManifest, options: HubCallOptions): Promise<void> {
  const parts = inlineAgents(agent);
  const pinned: { record: LockedPackage; file: string }[] = [];
  for (const record of parts.flatMap(({ tools }) => tools)) {
    if (record.kind === "package") pinned.push({ record, file: manifestName });
  }
  for (const record of parts.flatMap(({ managedAgents }) => managedAgents)) {
    if (record.kind === "package") pinned.push({ record, file: agentFileName });
  }
  const found = await mapLimited(pinned, parallelPackages, ({ record, file }) =>
    isThere(client, record, file, options),
  );
  const absent = pinned.filter((_, index) => !found[index]);
  const missing = absent.map(({ record: { repo, version, commit } }) => `${repo}@${version ?? commit}`);
  if (missing.length === 0) return;
  throw new AgentFileError(
    `${name} is pinned to packages that are not on ${client.host} in the same commits: ${missing.join(", ")}. Publish the ` +
      "agent on the hub that has them, or copy their repos with all commits and tags (git clone --mirror, git push --mirror)",
    { code: "AGENT_NOT_SAVABLE", data: { hub: client.hubUrl, missing } },
  );
}

async function isThere(
  client: HubClient,
  record: LockedPackage,
  file: string,
  { signal }: HubCallOptions,
): Promise<boolean> {
  try {
    const { bytes } = await client.file(record, record.commit, file, packageLimits.maxManifestBytes, { signal });
    return readPartManifest(bytes, file, record.ref).integrity === record.integrity;
  } catch (error) {
    const absent = ["HUB_REPO_NOT_FOUND", "HUB_REVISION_NOT_FOUND", "HUB_FILE_NOT_FOUND"];
    if (isSmoltoolsError(error) && absent.includes(error.code)) return false;
    throw error;
  }
}
