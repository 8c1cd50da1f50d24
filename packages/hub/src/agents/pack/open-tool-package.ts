import { PackageCache } from "../../cache/package-cache.ts";
import { HubClient } from "../../http/hub-client.ts";
import { fetchPackage } from "../../load/open/fetch-package.ts";
import type { InspectOptions } from "../../load/inspect-package.ts";
import type { LocalPackage } from "../../load/local/local-package.ts";
import { readLocal } from "../../load/local/read-local.ts";
import { parseRef } from "../../ref/parse-ref.ts";
import type { ResolvedRef } from "../../ref/resolved-ref.ts";
import { resolveRef } from "../../resolve/resolve-ref.ts";

/** A package of tools that an agent is saved with: nothing of it runs. */
export interface ToolPackage extends LocalPackage {
  /** Where it is on a hub. */
  pinned?: { hub: string; resolved: ResolvedRef };
}

/**
 * Opens a package to save it with an agent. What is in the cache needs no hub.
 *
 * @param ref - `owner/name@range`, a commit, a folder or an archive; see `parseRef`.
 * @throws PackageError, HubError, ArchiveError.
 */
export async function openToolPackage(ref: string, options: InspectOptions = {}): Promise<ToolPackage> {
  const parsed = parseRef(ref, options);
  if (parsed.kind === "folder") return readLocal(parsed.path, options);
  const client = new HubClient(options);
  const cache = new PackageCache(options.cacheDir, client.hubUrl);
  const resolved = await resolveRef(client, parsed, options);
  const fetched = await fetchPackage(client, cache, resolved, { signal: options.signal });
  return { ...fetched, pinned: { hub: client.hubUrl, resolved } };
}
