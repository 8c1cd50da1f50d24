import maxSatisfying from "semver/ranges/max-satisfying.js";
import prerelease from "semver/functions/prerelease.js";
import validRange from "semver/ranges/valid.js";
import { PackageError } from "../errors/package-error.ts";
import type { HubCallOptions, HubClient } from "../http/hub-client.ts";
import { formatRef, type HubRef } from "../ref/ref.ts";
import { type PublishedVersion, publishedVersions } from "./versions.ts";

/** A ref with the one commit it stands for now. */
export interface ResolvedRef {
  repoType: HubRef["repoType"];
  repo: string;
  /** 40 hexadecimal digits. */
  commit: string;
  /** The version, when the ref led to one. */
  version?: string;
  /** The tag or branch, when the ref led to one. */
  name?: string;
}

const commitPattern = /^[0-9a-f]{40}$/;

/**
 * Finds the commit that a ref stands for: one request, or none when the ref names a commit.
 *
 * Without a revision it is the newest version that is no prerelease. A revision that reads as a semver range is one,
 * unless no version fits and a tag or branch has exactly this name.
 *
 * @throws PackageError `VERSION_NONE`, `VERSION_NOT_FOUND`; HubError when the repo cannot be read.
 */
export async function resolveRef(client: HubClient, ref: HubRef, options: HubCallOptions = {}): Promise<ResolvedRef> {
  const { repoType, repo, revision } = ref;
  if (revision !== undefined && commitPattern.test(revision)) return { repoType, repo, commit: revision };
  const { branches, tags } = await client.refs(ref, options);
  const versions = publishedVersions(tags);
  const version = chooseVersion(versions, revision);
  if (version) return { repoType, repo, commit: version.commit, version: version.version, name: version.tag };
  const named = [...tags, ...branches].find(({ name }) => name === revision);
  if (named) return { repoType, repo, commit: named.commit, name: named.name };
  throw notFound(ref, versions);
}

/** The newest version that fits; without a range, the newest that is no prerelease. */
export function chooseVersion(
  versions: readonly PublishedVersion[],
  revision: string | undefined,
): PublishedVersion | undefined {
  if (revision === undefined) return versions.find(({ version }) => prerelease(version) === null);
  const range = validRange(revision);
  if (range === null) return undefined;
  const best = maxSatisfying(
    versions.map(({ version }) => version),
    range,
  );
  return versions.find(({ version }) => version === best);
}

function notFound(ref: HubRef, versions: readonly PublishedVersion[]): PackageError {
  const text = formatRef(ref);
  if (versions.length === 0) {
    return new PackageError(
      ref.revision === undefined
        ? `${ref.repo} has no published version: name a revision, such as ${ref.repo}@main, to load it all the same`
        : `${ref.repo} has neither a version nor a tag or branch "${ref.revision}"`,
      { code: ref.revision === undefined ? "VERSION_NONE" : "VERSION_NOT_FOUND", data: { ref: text } },
    );
  }
  const some = versions.slice(0, 5).map(({ version }) => version);
  const only = ref.revision === undefined ? " that is no prerelease" : "";
  return new PackageError(
    `${text}: no version${only} fits. Published: ${some.join(", ")}${versions.length > 5 ? ", …" : ""}`,
    {
      code: "VERSION_NOT_FOUND",
      data: { ref: text, versions: some },
    },
  );
}
