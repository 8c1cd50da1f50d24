import { PackageError } from "../errors/package-error.ts";
import { readManifest } from "../integrity/read-manifest.ts";
import { type Manifest, manifestName } from "../manifest/manifest.ts";
import type { PackageManifest } from "../manifest/package-manifest.ts";
import { type ArchivePart, partId } from "./archive-part.ts";
import { readPartManifest } from "./read-part-manifest.ts";

/** A package of tools from an archive, as it can be pushed. */
export interface ArchivedPackage {
  manifest: Manifest;
  /** All files, `tool.json` and its signature included. */
  files: Map<string, Uint8Array>;
}

/**
 * The package of tools that a part of an archive is.
 *
 * @throws PackageError `MANIFEST_MISSING` for a part that is none, such as an agent.
 */
export function archivedPackage(part: ArchivePart): ArchivedPackage {
  const bytes = part.files.get(manifestName);
  if (bytes && part.manifestName === manifestName) {
    return { manifest: readManifest(bytes, partId(part)), files: new Map(part.files) };
  }
  throw new PackageError(`${partId(part)} is described by ${part.manifestName}: it is not a package of tools`, {
    code: "MANIFEST_MISSING",
    data: { name: part.name, version: part.version },
  });
}

/**
 * The manifest of a part of an archive, of whichever kind it is.
 *
 * @throws PackageError, as `readManifest` does.
 */
export function archivedManifest(part: ArchivePart): PackageManifest {
  return readPartManifest(part.files.get(part.manifestName) ?? new Uint8Array(), part.manifestName, partId(part));
}
