import { PackageCache } from "../cache/package-cache.ts";
import { type HubCallOptions, HubClient, type HubConnection } from "../http/hub-client.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { parseRef } from "../ref/parse-ref.ts";
import { type ResolvedRef, resolveRef } from "../resolve/resolve.ts";
import { type PublishedVersion, publishedVersions } from "../resolve/versions.ts";
import { fetchPackage } from "./fetch-package.ts";
import { readFolder } from "./read-folder.ts";

/** Options of {@link inspectPackage}. */
export interface InspectOptions extends HubConnection, HubCallOptions {
  /** Folder of the download cache. */
  cacheDir?: string;
}

/** What a package says of itself. */
export interface InspectedPackage {
  manifest: Manifest;
  /** The commit and version, for packages of a hub. */
  resolved?: ResolvedRef;
  /** Everything that is published under the package's name, newest first. */
  versions: PublishedVersion[];
}

/**
 * Reads what a package declares, whatever it needs to run: nothing of it runs, and nothing has to be granted.
 *
 * @throws PackageError, HubError; as `loadPackage` does.
 */
export async function inspectPackage(ref: string, options: InspectOptions = {}): Promise<InspectedPackage> {
  const parsed = parseRef(ref);
  if (parsed.kind === "folder") {
    const { manifest } = await readFolder(parsed.path);
    return { manifest, versions: [] };
  }
  const client = new HubClient(options);
  const resolved = await resolveRef(client, parsed, options);
  const cache = new PackageCache(options.cacheDir, client.hubUrl);
  const { manifest } = await fetchPackage(client, cache, resolved, { signal: options.signal });
  const { tags } = await client.refs(parsed, options);
  return { manifest, resolved, versions: publishedVersions(tags) };
}
