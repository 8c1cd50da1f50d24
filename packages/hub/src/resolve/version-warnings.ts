import { errorMessage } from "@smoltools/core";
import type { Deprecation } from "../registry/registry-file.ts";
import { plainText } from "../shared/plain-text.ts";
import type { LoadWarning } from "./load-warning.ts";
import type { PublishedPackage } from "./published-package.ts";

/**
 * What is to be said of a version before it is used.
 *
 * @param ref - The ref that led to it.
 * @param version - Absent for a tag or branch that is no version.
 */
export function versionWarnings(
  ref: string,
  repo: string,
  published: PublishedPackage,
  version: string | undefined,
): LoadWarning[] {
  const warnings: LoadWarning[] = [];
  const status = published.versions.find((each) => each.version === version);
  const warn = (code: LoadWarning["code"], message: string) => warnings.push({ code, message, ref });
  if (status?.yanked) {
    const reason = plainText(status.yanked.reason);
    warn("VERSION_YANKED", `${repo} ${version} was yanked by its authors (${reason}): choose another version`);
  }
  if (status?.deprecated) {
    warn("VERSION_DEPRECATED", `${repo} ${version} is deprecated: ${deprecationText(status.deprecated)}`);
  }
  if (published.deprecated) {
    warn("PACKAGE_DEPRECATED", `${repo} is deprecated: ${deprecationText(published.deprecated)}`);
  }
  if (published.registryError !== undefined) {
    const why = plainText(errorMessage(published.registryError));
    warn(
      "REGISTRY_UNREADABLE",
      `It cannot be told whether ${version === undefined ? repo : `${repo} ${version}`} was withdrawn: ${why}`,
    );
  }
  return warnings;
}

/** A deprecation for people: what its authors say, and what they say to use instead. */
export function deprecationText({ message, use }: Deprecation): string {
  return `${plainText(message)}${use === undefined ? "" : ` (use ${plainText(use)})`}`;
}
