import { isSmoltoolsError } from "@smoltools/core";
import type { PackageCache } from "../../cache/package-cache.ts";
import type { HubCallOptions, HubClient } from "../../http/hub-client.ts";
import { cachedFile } from "../../load/open/fetch-package.ts";
import type { ResolvedRef } from "../../ref/resolved-ref.ts";
import type { AgentSource } from "./agent-source.ts";

/** The commit of a hub that an agent is in: its files come from the cache if they are there, else from the hub. */
export function hubSource(
  client: HubClient,
  cache: PackageCache,
  resolved: ResolvedRef,
  options: HubCallOptions,
): AgentSource {
  return {
    name: `${resolved.repo}@${resolved.version ?? resolved.commit.slice(0, 12)}`,
    read: (path, maxBytes, check) =>
      cachedFile(client, cache, resolved, path, maxBytes, check, options).catch((error: unknown) => {
        if (isSmoltoolsError(error, "HUB_FILE_NOT_FOUND")) return undefined;
        throw error;
      }),
  };
}
