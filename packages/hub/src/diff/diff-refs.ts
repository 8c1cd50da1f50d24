import { PackageCache } from "../cache/package-cache.ts";
import { compareManifests } from "../compat/compare-manifests.ts";
import { type HubCallOptions, HubClient, type HubConnection } from "../http/hub-client.ts";
import { fetchPackage } from "../load/open/fetch-package.ts";
import { readLocal } from "../load/local/read-local.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { parseRef } from "../ref/parse-ref.ts";
import { resolveRef } from "../resolve/resolve-ref.ts";
import { diffPackages, type DiffOptions, type PackageContents, type PackageDiff } from "./package-diff.ts";

/** Options of {@link diffRefs}. */
export interface DiffRefsOptions extends HubConnection, HubCallOptions, Pick<DiffOptions, "texts" | "maxTexts"> {
  /** Folder of the download cache. */
  cacheDir?: string;
}

/**
 * Compares two packages, wherever they are: versions of one package, or a published version and a folder.
 *
 * Nothing of them runs, and nothing has to be granted.
 *
 * @param before - `owner/name@version`, a folder or an archive; see `parseRef`.
 * @throws PackageError, HubError; as `inspectPackage` does.
 */
export async function diffRefs(before: string, after: string, options: DiffRefsOptions = {}): Promise<PackageDiff> {
  const [old, now] = await Promise.all([open(before, options), open(after, options)]);
  return diffPackages(old, now, { ...options, compare: compareManifests });
}

async function open(text: string, options: DiffRefsOptions): Promise<PackageContents<Manifest>> {
  const ref = parseRef(text, options);
  if (ref.kind === "folder") return readLocal(ref.path, { signal: options.signal });
  const client = new HubClient(options);
  const resolved = await resolveRef(client, ref, { signal: options.signal });
  return fetchPackage(client, new PackageCache(options.cacheDir, client.hubUrl), resolved, { signal: options.signal });
}
