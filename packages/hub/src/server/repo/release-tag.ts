import semver from "semver";

/**
 * True for tags that are the release of a version: `v` and a semantic version, such as `v1.2.3` or `v2.0.0-rc.1`.
 *
 * Such a tag is created once. It is never moved, deleted or used again.
 */
export function isReleaseTag(tag: string): boolean {
  return /^v\d/.test(tag) && semver.valid(tag.slice(1)) !== null;
}
