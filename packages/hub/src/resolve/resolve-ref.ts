import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import { PackageError } from "../errors/package-error.ts";
import type { HubCallOptions, HubClient } from "../http/hub-client.ts";
import { formatRef, type HubRef } from "../ref/ref.ts";
import type { ResolvedRef } from "../ref/resolved-ref.ts";
import { chooseVersion, exactVersion } from "./choose-version.ts";
import type { LoadWarning, WarningOptions } from "./load-warning.ts";
import { type PublishedPackage, readPublished } from "./published-package.ts";
import { versionNotFound } from "./version-not-found.ts";
import { versionWarnings } from "./version-warnings.ts";

/** Options of {@link resolveRef}. */
export interface ResolveOptions extends HubCallOptions, WarningOptions {}

const commitPattern = /^[0-9a-f]{40}$/;

/**
 * Finds the commit that a ref stands for: two requests at the same time, or none when the ref names a commit.
 *
 * Without a revision it is the newest version that is neither a prerelease nor yanked. A revision that reads as a
 * semver range is one, unless no version fits and a tag or branch has exactly this name.
 *
 * @throws PackageError `VERSION_NONE`, `VERSION_NOT_FOUND`, `VERSION_YANKED`, `REGISTRY_INVALID`; HubError when the
 *   repo cannot be read.
 */
export async function resolveRef(client: HubClient, ref: HubRef, options: ResolveOptions = {}): Promise<ResolvedRef> {
  const { repoType, repo, revision } = ref;
  if (revision !== undefined && commitPattern.test(revision)) return { repoType, repo, commit: revision };
  const { resolved, warnings } = chooseRevision(await readPublished(client, ref, options), ref);
  for (const warning of warnings) options.onWarning?.(warning);
  return resolved;
}

/**
 * Finds among what is published what a ref stands for.
 *
 * @throws PackageError as `resolveRef` does; whatever kept the registry from being read, where it would have decided.
 */
export function chooseRevision(
  published: PublishedPackage,
  ref: HubRef,
): { resolved: ResolvedRef; warnings: LoadWarning[] } {
  const { repoType, repo, revision } = ref;
  const version = chooseVersion(published.versions, revision);
  // Without the registry a range could lead to a version that was withdrawn. An exact version would be used anyway.
  const isExact = revision !== undefined && exactVersion(revision) !== undefined;
  if (version && !isExact && published.registryError !== undefined) throw undecided(ref, version.version, published);
  const named = version ? undefined : [...published.tags, ...published.branches].find(({ name }) => name === revision);
  const found = version ? { name: version.tag, commit: version.commit, version: version.version } : named;
  if (!found) throw versionNotFound(ref, published.versions);
  const resolved = { repoType, repo, ...found };
  return { resolved, warnings: versionWarnings(formatRef(ref), repo, published, version?.version) };
}

/** A hub that fails says so itself; a file that is wrong stays wrong, and needs a way around it. */
function undecided({ repo }: HubRef, version: string, { registryError }: PublishedPackage): unknown {
  if (!isSmoltoolsError(registryError, "REGISTRY_INVALID")) return registryError;
  return new PackageError(
    `${errorMessage(registryError)}. So it cannot be told which versions were withdrawn: name one exactly to use it ` +
      `all the same, such as ${repo}@${version}, or ask the owners of ${repo} to mend the file`,
    { code: "REGISTRY_INVALID", data: { repo }, cause: registryError },
  );
}
