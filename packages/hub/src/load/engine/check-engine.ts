import satisfies from "semver/functions/satisfies.js";
import validRange from "semver/ranges/valid.js";
import { PackageError } from "../../errors/package-error.ts";
import { plainText } from "../../shared/plain-text.ts";
import type { Manifest } from "../../manifest/manifest.ts";

/** The version of the package format's runtime that this code is. Raised when packages may rely on something new. */
const engineVersion = "0.1.0";

/** Longest range that is looked at: the time grows with the square of its length. */
const maxRangeLength = 200;

/**
 * Checks that a package was made for this version of smoltools.
 *
 * @throws PackageError `RUNTIME_UNSUPPORTED`.
 */
export function checkEngine({ engines }: Pick<Manifest, "engines">, source: string): void {
  const { smoltools } = engines;
  const range = smoltools.length > maxRangeLength ? null : validRange(smoltools);
  if (range !== null && satisfies(engineVersion, range)) return;
  throw new PackageError(`${source} needs smoltools ${plainText(smoltools)}: update smoltools`, {
    code: "RUNTIME_UNSUPPORTED",
    data: { source, engines },
  });
}
