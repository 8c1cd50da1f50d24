import { canonicalJson } from "@smoltools/core";
import { sha512Integrity } from "./hash.ts";

/**
 * The integrity of a manifest: one hash over everything that it says, files, permissions and schemas included.
 *
 * @param manifest - Its own `integrity` member does not count.
 */
export function manifestIntegrity(manifest: object): string {
  const { integrity: _own, ...rest } = manifest as { integrity?: string };
  return sha512Integrity(canonicalJson(rest));
}

/** A fingerprint of what a package's tools declare, to see at a glance whether it changed. */
export function declarationsFingerprint(tools: readonly object[]): string {
  return sha512Integrity(canonicalJson(tools));
}
