import major from "semver/functions/major.js";
import minor from "semver/functions/minor.js";
import patch from "semver/functions/patch.js";
import type { Bump } from "./compatibility.ts";

/**
 * The least version that may follow another one, given what changed.
 *
 * Before 1.0.0 everything counts one place less, as the caret range reads it: `^0.3.1` takes 0.3.2 and not 0.4.0, and
 * `^0.0.3` takes nothing else.
 *
 * @param before - A version that is no prerelease.
 * @returns Always a greater version: even without any change, a version is published only once.
 */
export function leastVersion(before: string, bump: Bump): string {
  const [x, y, z] = [major(before), minor(before), patch(before)];
  if (x > 0) {
    if (bump === "major") return `${x + 1}.0.0`;
    return bump === "minor" ? `${x}.${y + 1}.0` : `${x}.${y}.${z + 1}`;
  }
  return bump === "major" && y > 0 ? `0.${y + 1}.0` : `0.${y}.${z + 1}`;
}
