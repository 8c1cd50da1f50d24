import { compareManifests } from "../compat/compare-manifests.ts";
import type { HubClient } from "../http/hub-client.ts";
import { readManifest } from "../integrity/read-manifest.ts";
import { type Manifest, manifestName } from "../manifest/manifest.ts";
import type { PackedPackage } from "../pack/pack-package.ts";
import type { PackageKind } from "./publication.ts";
import { publish } from "./publish.ts";
import type { PushOptions, PushResult } from "./push-options.ts";

/** Packages of tools. */
export const toolPackages: PackageKind<Manifest> = { manifestName, read: readManifest, compare: compareManifests };

/**
 * Publishes a package of tools: one commit with all its files, then the tag `vX.Y.Z`.
 *
 * @throws As {@link publish} does.
 */
export function pushPackage(
  client: HubClient,
  { manifest, files }: PackedPackage,
  options: PushOptions = {},
): Promise<PushResult> {
  return publish(client, { kind: toolPackages, manifest, files }, options);
}
