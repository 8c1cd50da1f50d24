import type { WarningOptions } from "../resolve/load-warning.ts";
import type { SignaturePolicy } from "./signature-policy.ts";

/** How the signatures of packages are judged. */
export interface SignatureOptions extends WarningOptions {
  /**
   * Which packages must have a signature by a trusted key. Signatures of the others are checked too where they have
   * one, and one that does not hold is refused always.
   *
   * @default false
   */
  requireSignature?: SignaturePolicy;
  /** File that says whose keys are trusted. @default `trusted-keys.json` in the folder of `SMOLTOOLS_HOME`, else `~/.config/smoltools` */
  trustFile?: string;
  /**
   * Trust the keys that signed the first signed package of an owner, and remember them. Where it is false, only keys
   * count that `smoltools keys trust` has added.
   *
   * @default true
   */
  pinNewKeys?: boolean;
}
