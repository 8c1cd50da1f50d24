import type { Manifest } from "../manifest/manifest.ts";
import type { Permissions } from "../manifest/permissions.ts";
import type { ResolvedRef } from "../resolve/resolve.ts";
import type { HubTool } from "./hub-tool.ts";

/** A package that was loaded: its tools, and what is known of it. */
export interface LoadedPackage extends AsyncDisposable {
  manifest: Manifest;
  /** The commit and version, for packages of a hub. */
  resolved?: ResolvedRef;
  /** What it may do. */
  permissions: Permissions;
  tools: HubTool[];
  /** Downloads and verifies all files that are not in the cache yet; returns how many the package has. */
  download(): Promise<number>;
}
