import { PackageCache } from "../cache/package-cache.ts";
import { type HubCallOptions, HubClient, type HubConnection } from "../http/hub-client.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { parseRef } from "../ref/parse-ref.ts";
import type { HubRef } from "../ref/ref.ts";
import type { Deprecation } from "../registry/registry-file.ts";
import type { WarningOptions } from "../resolve/load-warning.ts";
import { readPublished } from "../resolve/published-package.ts";
import type { ResolvedRef } from "../ref/resolved-ref.ts";
import { chooseRevision } from "../resolve/resolve-ref.ts";
import type { PublishedVersion } from "../registry/published-versions.ts";
import { fetchPackageOrTool } from "./python/fetch-tool-file.ts";
import { readLocal } from "./local/read-local.ts";

/** Options of {@link inspectPackage}. */
export interface InspectOptions extends HubConnection, HubCallOptions, WarningOptions {
  /** Folder of the download cache. */
  cacheDir?: string;
}

/** What is published under a package's name. */
export interface InspectedVersions {
  /** The commit and version, for packages of a hub. */
  resolved?: ResolvedRef;
  /** Everything that is published under the package's name, newest first. */
  versions: PublishedVersion[];
  /** Why nothing should use the package any more. */
  deprecated?: Deprecation;
}

/** What a package says of itself. */
export interface InspectedPackage extends InspectedVersions {
  /** That of a file of smolagents names no tools: only the file itself knows them. */
  manifest: Manifest;
}

/**
 * Reads what a package declares, whatever it needs to run: nothing of it runs, and nothing has to be granted.
 *
 * @throws PackageError, HubError; as `loadPackage` does.
 */
export async function inspectPackage(ref: string, options: InspectOptions = {}): Promise<InspectedPackage> {
  const parsed = parseRef(ref, options);
  if (parsed.kind === "folder") {
    const { manifest } = await readLocal(parsed.path, { signal: options.signal });
    return { manifest, versions: [] };
  }
  const client = new HubClient(options);
  const published = await inspectVersions(client, parsed, options);
  const cache = new PackageCache(options.cacheDir, client.hubUrl);
  const { manifest } = await fetchPackageOrTool(client, cache, published.resolved, { signal: options.signal });
  return { manifest, ...published };
}

/** Finds the version that a ref stands for, among those that are published. */
export async function inspectVersions(
  client: HubClient,
  ref: HubRef,
  options: InspectOptions,
): Promise<InspectedVersions & { resolved: ResolvedRef }> {
  const published = await readPublished(client, ref, options);
  const { resolved, warnings } = /^[0-9a-f]{40}$/.test(ref.revision ?? "")
    ? { resolved: commitOf(ref), warnings: [] }
    : chooseRevision(published, ref);
  for (const warning of warnings) options.onWarning?.(warning);
  const { versions, deprecated } = published;
  return { resolved, versions, ...(deprecated && { deprecated }) };
}

function commitOf({ repoType, repo, revision = "" }: HubRef): ResolvedRef {
  return { repoType, repo, commit: revision };
}
