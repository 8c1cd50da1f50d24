import { PackageError } from "../../errors/package-error.ts";
import type { PackageManifest } from "../../manifest/package-manifest.ts";
import type { ResolvedRef } from "../../ref/resolved-ref.ts";

/**
 * Checks that a manifest is that of the package and version that were asked for. A copy of it under another name, or
 * another version under this tag, is not.
 *
 * @param source - Where it came from, for the message.
 * @throws PackageError `MANIFEST_MISMATCH`.
 */
export function checkIdentity(
  { name, version }: Pick<PackageManifest, "name" | "version">,
  { repo, version: expected }: ResolvedRef,
  source: string,
): void {
  if (name === repo && (expected === undefined || version === expected)) return;
  throw new PackageError(
    `${source} holds ${name} ${version} instead: it was copied or tagged wrongly. Load it under its own name`,
    { code: "MANIFEST_MISMATCH", data: { source, name, version } },
  );
}
