import { PackageError } from "../errors/package-error.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import { sha256 } from "./hash.ts";

/**
 * Checks a file of a package against its manifest.
 *
 * @throws PackageError `INTEGRITY_MISMATCH`.
 */
export function verifyFile(bytes: Uint8Array, expected: ManifestFile, path: string, source: string): void {
  const actual = sha256(bytes);
  if (bytes.byteLength === expected.size && actual === expected.sha256) return;
  throw new PackageError(
    `${path} of ${source} is not the file that was published: sha256 ${actual} instead of ${expected.sha256}. ` +
      "It was damaged or tampered with and is not used",
    { code: "INTEGRITY_MISMATCH", data: { source, path, expected: expected.sha256, actual } },
  );
}
