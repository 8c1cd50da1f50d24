import type { Compatibility } from "../compat/compatibility.ts";
import type { FileChange } from "../diff/file-change.ts";
import type { PackageDiff } from "../diff/package-diff.ts";
import type { HubCallOptions } from "../http/hub-client.ts";

/** Options of `publish` and `pushPackage`. */
export interface PushOptions extends HubCallOptions {
  /**
   * Only the owner, and those whom they let in, can see a repo that is made. One that exists and is public is refused.
   *
   * @default false
   */
  private?: boolean;
  /** Say what would be done, with the difference to the last version, and do nothing. @default false */
  dryRun?: boolean;
  /** Publish into a repo that holds something else; files of the same names are replaced. @default false */
  force?: boolean;
  /**
   * Rules of the semver gate that do not count for this version, and why: `{ "input-narrowed": "nobody used it" }`.
   * The reasons are published with the commit and the tag.
   */
  allow?: Readonly<Record<string, string>>;
  /** Fingerprints of findings that look like secrets and are none. */
  allowSecrets?: readonly string[];
  /** Where values are looked up that must not be published, such as `HF_TOKEN`. @default process.env */
  env?: Readonly<Record<string, string | undefined>>;
  /** Signs the manifest: what it returns becomes the file `<manifest>.sig` of the same commit. */
  sign?: (manifestBytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

/** A rule of the semver gate that was overridden. */
export interface Allowance {
  rule: string;
  reason: string;
}

/** What a push did, or would do. */
export interface PushResult {
  repo: string;
  version: string;
  tag: string;
  /** The branch that the commit is on: `main`, or that of an older release line; absent if it was published already. */
  branch?: string;
  /** The commit that was tagged; absent in a dry run that would make one. */
  commit?: string;
  createdRepo: boolean;
  /** This version was published before with the same content: nothing was done. */
  alreadyPublished: boolean;
  /** Paths that were written, because they are new or changed in the repo. */
  written: string[];
  /** Paths of the package that the repo had and the version has not. */
  deleted: string[];
  /** Every file of the version, and every one of the version before that is gone. */
  files: FileChange[];
  /** The published version that this one was compared with; absent for the first one. */
  before?: string;
  /** What changed since then. */
  compatibility: Compatibility;
  /** The least version that the changes ask for; absent where the gate does not apply. */
  leastVersion?: string;
  /** The rules that were overridden. */
  allowed: Allowance[];
  /** Everything that changed, source text included; in a dry run with a version before. */
  diff?: PackageDiff;
  integrity: string;
  /** A signature is published with it. */
  signed: boolean;
  dryRun: boolean;
}
