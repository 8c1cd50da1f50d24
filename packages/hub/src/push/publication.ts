import type { Compatibility } from "../compat/compatibility.ts";
import type { PackageManifest } from "../manifest/package-manifest.ts";

/**
 * A kind of package: how its manifest is called, read and compared. There is one for packages of tools (`tool.json`),
 * and one for those of agents (`agent.json`).
 */
export interface PackageKind<M extends PackageManifest = PackageManifest> {
  /** The file at the root of the package that describes it. */
  manifestName: string;
  /**
   * Reads a manifest, checked for its form and its integrity.
   *
   * @param source - Where it came from, for messages.
   */
  read(bytes: Uint8Array, source: string): M;
  /** What changed from one version to another, and what that asks of the new version's number. */
  compare(before: M, after: M): Compatibility;
}

/** A version of a package, ready for `publish`. */
export interface Publication<M extends PackageManifest = PackageManifest> {
  kind: PackageKind<M>;
  manifest: M;
  /**
   * All files: those that the manifest lists, and the manifest under the name of its kind. Beside these only a signature
   * that was made before, in `<manifest>.sig`.
   */
  files: ReadonlyMap<string, Uint8Array>;
}
