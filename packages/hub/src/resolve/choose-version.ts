import prerelease from "semver/functions/prerelease.js";
import valid from "semver/functions/valid.js";
import maxSatisfying from "semver/ranges/max-satisfying.js";
import validRange from "semver/ranges/valid.js";
import type { PublishedVersion } from "../registry/published-versions.ts";

/**
 * The newest version that fits, by the rules of npm.
 *
 * A prerelease fits a range only where the range itself names one of the same three numbers, and is never the newest
 * version. A yanked version fits nothing but its own number.
 *
 * @param versions - Newest first.
 * @param revision - A range or version; absent for the newest version.
 */
export function chooseVersion(
  versions: readonly PublishedVersion[],
  revision: string | undefined,
): PublishedVersion | undefined {
  if (revision === undefined) return versions.find(({ version, yanked }) => !yanked && prerelease(version) === null);
  const range = validRange(revision);
  if (range === null) return undefined;
  const exact = exactVersion(revision);
  if (exact !== undefined) return versions.find(({ version }) => version === exact);
  const allowed = versions.filter(({ yanked }) => !yanked).map(({ version }) => version);
  const best = maxSatisfying(allowed, range);
  return versions.find(({ version }) => version === best);
}

/** The one version that a revision can mean: `1.2.3`, `v1.2.3` or `=1.2.3`. `undefined` for ranges and names. */
export function exactVersion(revision: string): string | undefined {
  const range = validRange(revision);
  return range === null ? undefined : (valid(range) ?? undefined);
}
