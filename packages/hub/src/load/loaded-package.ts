import type { Manifest } from "../manifest/manifest.ts";
import type { Permissions } from "../manifest/permissions.ts";
import type { ResolvedRef } from "../ref/resolved-ref.ts";
import type { HubTool } from "./hub-tool.ts";

/** A package that was loaded: its tools, and what is known of it. */
export interface LoadedPackage extends AsyncDisposable {
  manifest: Manifest;
  /** The commit and version, for packages of a hub. */
  resolved?: ResolvedRef;
  /** What it may do. */
  permissions: Permissions;
  tools: HubTool[];
  /** Other names by which a ref may name a tool: those of classes in a file of Python, with the names of the tools. */
  aliases?: ReadonlyMap<string, string>;
  /**
   * Reads a file of the package, verified.
   *
   * @throws PackageError `MANIFEST_INVALID` where the package has no such file, `INTEGRITY_MISMATCH`.
   */
  file(path: string): Promise<Uint8Array>;
  /** Downloads and verifies all files that are not in the cache yet; returns how many the package has. */
  download(): Promise<number>;
}
