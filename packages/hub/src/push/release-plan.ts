import compare from "semver/functions/compare.js";
import major from "semver/functions/major.js";
import minor from "semver/functions/minor.js";
import prerelease from "semver/functions/prerelease.js";
import { PackageError } from "../errors/package-error.ts";
import type { PublishedVersion } from "../registry/published-versions.ts";

/** Where a new version stands among those that are published. */
export interface ReleasePlan {
  /** The version that it follows, and is compared with; absent for the first one. */
  before: PublishedVersion | undefined;
  /** The branch that it is committed to. */
  branch: string;
}

/**
 * Finds the place of a new version.
 *
 * It follows the highest release below it, prereleases and yanked ones aside. One below the highest release is a
 * back-port: it follows the highest of its own release line (the same major number; before 1.0 the same minor number),
 * and goes to a branch of that line, so that `main` stays at the newest. Without a release of its line there is nothing
 * to port back to. A prerelease may be anything.
 *
 * @param published - Newest first.
 * @throws PackageError `VERSION_TOO_LOW`.
 */
export function releasePlan(
  version: string,
  published: readonly PublishedVersion[],
  isYanked: (version: string) => boolean = () => false,
): ReleasePlan {
  const releases = published.filter((one) => prerelease(one.version) === null);
  const standing = releases.filter((one) => !isYanked(one.version));
  // When everything was yanked, it is still what people had.
  const known = standing.length > 0 ? standing : releases;
  const [highest] = known;
  const below = known.filter((one) => compare(one.version, version) < 0);
  if (!highest || compare(version, highest.version) > 0) return { before: below[0], branch: "main" };
  const line = releaseLine(version);
  const before = below.find((one) => releaseLine(one.version) === line);
  if (!before && prerelease(version) === null) {
    throw new PackageError(
      `${version} is lower than ${highest.version}, which is published, and there is no earlier release of ` +
        `${line} that it could follow: choose a version above ${highest.version}`,
      { code: "VERSION_TOO_LOW", data: { version, highest: highest.version } },
    );
  }
  return { before, branch: `release/${line}` };
}

/** The versions that replace each other: `2.x`, `0.3.x`. */
function releaseLine(version: string): string {
  return major(version) > 0 ? `${major(version)}.x` : `0.${minor(version)}.x`;
}
