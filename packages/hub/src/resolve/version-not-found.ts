import prerelease from "semver/functions/prerelease.js";
import satisfies from "semver/functions/satisfies.js";
import validRange from "semver/ranges/valid.js";
import { PackageError } from "../errors/package-error.ts";
import { formatRef, type HubRef } from "../ref/ref.ts";
import { plainText } from "../shared/plain-text.ts";
import type { PublishedVersion } from "../registry/published-versions.ts";

/** Most versions that a message names. */
const maxNamed = 5;

/** The error for a ref that leads to nothing, with the reason and the way out. */
export function versionNotFound(ref: HubRef, versions: readonly PublishedVersion[]): PackageError {
  const text = formatRef(ref);
  const { repo, revision } = ref;
  if (versions.length === 0) {
    return new PackageError(
      revision === undefined
        ? `${repo} has no published version: name a revision, such as ${repo}@main, to load it all the same`
        : `${repo} has neither a version nor a tag or branch "${revision}"`,
      { code: revision === undefined ? "VERSION_NONE" : "VERSION_NOT_FOUND", data: { ref: text } },
    );
  }
  const yanked = versions.find((each) => each.yanked && wouldFit(each.version, revision));
  if (yanked) {
    const reason = plainText(yanked.yanked?.reason ?? "");
    return new PackageError(
      `${text}: all versions that fit were yanked, such as ${yanked.version} (${reason}). Choose another range, or ` +
        `name the version exactly to use it all the same: ${repo}@${yanked.version}`,
      { code: "VERSION_YANKED", data: { ref: text, version: yanked.version } },
    );
  }
  const names = versions.slice(0, maxNamed).map(({ version }) => version);
  const published = `Published: ${names.join(", ")}${versions.length > maxNamed ? ", …" : ""}`;
  return new PackageError(`${text}: ${why(ref, versions)}. ${published}`, {
    code: "VERSION_NOT_FOUND",
    data: { ref: text, versions: names },
  });
}

function wouldFit(version: string, revision: string | undefined): boolean {
  if (revision === undefined) return prerelease(version) === null;
  return validRange(revision) !== null && satisfies(version, revision);
}

function why({ repo, revision }: HubRef, versions: readonly PublishedVersion[]): string {
  const newest = versions[0]?.version ?? "";
  if (revision === undefined) {
    return `there are only prereleases, which are not chosen unless they are named, as in ${repo}@${newest}`;
  }
  if (revision === "latest") return `the newest version is ${repo}, without "@latest"`;
  if (/^[0-9a-f]{7,39}$/.test(revision) && validRange(revision) === null) {
    return `there is no tag or branch "${revision}", and a commit is named by all of its 40 digits`;
  }
  if (validRange(revision) === null) return `there is no tag or branch "${revision}"`;
  const onlyPrerelease = versions.find(({ version }) => satisfies(version, revision, { includePrerelease: true }));
  return onlyPrerelease
    ? `no version fits but the prerelease ${onlyPrerelease.version}, which is not chosen unless it is named`
    : "no version fits";
}
