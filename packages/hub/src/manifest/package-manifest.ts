import type { ManifestFile } from "./manifest.ts";
import type { ManifestSource } from "./manifest-source.ts";
import type { Permissions } from "./permissions.ts";

/** What the manifests of all kinds of packages have in common, those of tools and those of agents. */
export interface PackageManifest {
  /** `owner/name`. */
  name: string;
  /** Semantic version, without a leading `v`. */
  version: string;
  /** What it may do beyond computing, where packages of its kind say so. */
  permissions?: Permissions;
  /** What it needs to run, where packages of its kind say so. */
  runtime?: string;
  /** Where its tools come from, where packages of its kind say so. */
  source?: ManifestSource;
  /** What the version brings, for people. */
  notes?: string;
  /** The public keys that sign it: `smoltools-ed25519 <base64>`. */
  signers?: string[];
  /** Every file of the package but the manifest itself and its signature. */
  files: Record<string, ManifestFile>;
  /** `sha512-` and base64, over everything else that the manifest says. */
  integrity: string;
}
