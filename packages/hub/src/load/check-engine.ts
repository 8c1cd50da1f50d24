import satisfies from "semver/functions/satisfies.js";
import validRange from "semver/ranges/valid.js";
import { PackageError } from "../errors/package-error.ts";
import type { Manifest } from "../manifest/manifest.ts";

/** The version of the package format's runtime that this code is. Raised when packages may rely on something new. */
const engineVersion = "0.1.0";

/**
 * Checks that a package was made for this version of smoltools.
 *
 * @throws PackageError `RUNTIME_UNSUPPORTED`.
 */
export function checkEngine({ engines }: Pick<Manifest, "engines">, source: string): void {
  const range = validRange(engines.smoltools);
  if (range !== null && satisfies(engineVersion, range)) return;
  throw new PackageError(`${source} needs smoltools ${engines.smoltools}: update smoltools`, {
    code: "RUNTIME_UNSUPPORTED",
    data: { source, engines },
  });
}
