import rcompare from "semver/functions/rcompare.js";
import valid from "semver/functions/valid.js";
import type { HubGitRef } from "../http/hub-client.ts";
import { emptyRegistry, type RegistryFile, type VersionStatus, versionStatus } from "./registry-file.ts";

/** A published version: a tag `vX.Y.Z` and the commit it points at, with what became of it. */
export interface PublishedVersion extends VersionStatus {
  /** Without the leading `v`. */
  version: string;
  tag: string;
  commit: string;
}

/**
 * The versions among a repo's tags, newest first. Tags that are no `v` and a semantic version do not count.
 *
 * @param registry - Says what became of them.
 */
export function publishedVersions(
  tags: readonly HubGitRef[],
  registry: RegistryFile = emptyRegistry(),
): PublishedVersion[] {
  const versions: PublishedVersion[] = [];
  for (const { name, commit } of tags) {
    const version = name.startsWith("v") ? valid(name.slice(1)) : null;
    if (version !== null && `v${version}` === name)
      versions.push({ version, tag: name, commit, ...versionStatus(registry, version) });
  }
  return versions.sort((a, b) => rcompare(a.version, b.version));
}
