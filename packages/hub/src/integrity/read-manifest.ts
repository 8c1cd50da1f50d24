import { PackageError } from "../errors/package-error.ts";
import { type Manifest, manifestName } from "../manifest/manifest.ts";
import { parseManifest } from "../manifest/parse-manifest.ts";
import { manifestIntegrity } from "./manifest-integrity.ts";

/**
 * Reads a `tool.json` from anywhere and checks its form and its integrity: nothing in it is trusted before this.
 *
 * @param bytes - The file.
 * @param source - Where it came from, for messages.
 * @throws PackageError `MANIFEST_INVALID`, `PATH_UNSAFE`, `PACKAGE_TOO_LARGE` or `INTEGRITY_MISMATCH`.
 */
export function readManifest(bytes: Uint8Array, source: string): Manifest {
  const manifest = parseManifest(bytes, source);
  const actual = manifestIntegrity(manifest);
  if (actual === manifest.integrity) return manifest;
  throw new PackageError(
    `${manifestName} of ${source} was changed after it was made: its content has ${actual}, it says ` +
      `${manifest.integrity}. Do not use it; ask its author to publish a new version`,
    { code: "INTEGRITY_MISMATCH", data: { source, expected: manifest.integrity, actual } },
  );
}
