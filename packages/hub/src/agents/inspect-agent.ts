import { stat } from "node:fs/promises";
import { readArchive } from "../archive/read-archive.ts";
import { PackageCache } from "../cache/package-cache.ts";
import { HubClient } from "../http/hub-client.ts";
import { type InspectedVersions, type InspectOptions, inspectVersions } from "../load/inspect-package.ts";
import { parseRef } from "../ref/parse-ref.ts";
import type { AgentManifest } from "./manifest/agent-manifest.ts";
import { readAgentFile } from "./source/read-agent-file.ts";
import type { AgentSource } from "./source/agent-source.ts";
import { hubSource } from "./source/hub-source.ts";
import { folderSource, mapSource } from "./source/local-source.ts";

/** What an agent says of itself. */
export interface InspectedAgent extends InspectedVersions {
  manifest: AgentManifest;
}

/**
 * Reads what a saved agent consists of: nothing of it runs, and nothing has to be granted.
 *
 * @param ref - `owner/name@range`, a folder or an archive; see `parseRef`.
 * @throws AgentFileError `AGENT_FILE_MISSING`, and `AGENT_FILE_INVALID` also for one that smolagents wrote; HubError.
 */
export async function inspectAgent(ref: string, options: InspectOptions = {}): Promise<InspectedAgent> {
  const parsed = parseRef(ref, options);
  if (parsed.kind === "folder") return { manifest: await manifestOf(await localSource(parsed.path)), versions: [] };
  const client = new HubClient(options);
  const published = await inspectVersions(client, parsed, options);
  const cache = new PackageCache(options.cacheDir, client.hubUrl);
  const source = hubSource(client, cache, published.resolved, { signal: options.signal });
  return { manifest: await manifestOf(source), ...published };
}

async function manifestOf(source: AgentSource): Promise<AgentManifest> {
  return (await readAgentFile(source, () => undefined)).manifest;
}

async function localSource(path: string): Promise<AgentSource> {
  const entry = await stat(path).catch(() => undefined);
  return entry?.isFile() ? mapSource(path, (await readArchive(path)).main.files) : folderSource(path);
}
