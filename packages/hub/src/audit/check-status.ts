import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import type { LockedRef } from "../install/choose-locked.ts";
import type { PublishedOnce } from "../install/published-once.ts";
import type { PublishedPackage } from "../resolve/published-package.ts";
import { type AuditFinding, finding } from "./audit-finding.ts";
import { deprecationText } from "../resolve/version-warnings.ts";
import { plainText } from "../shared/plain-text.ts";

/** What became of a package on its hub. */
export interface PackageStatus {
  findings: AuditFinding[];
  /** Absent for a package that is gone. */
  published?: PublishedPackage;
}

/** Looks at what the hub says of a locked version now. */
export async function checkStatus({ key, ref, entry }: LockedRef, all: PublishedOnce): Promise<PackageStatus> {
  let published: PublishedPackage;
  try {
    published = await all.of(ref);
  } catch (error) {
    if (!isSmoltoolsError(error, "HUB_REPO_NOT_FOUND")) throw error;
    return { findings: [finding("PACKAGE_GONE", key, `${errorMessage(error)}. Look for another package`)] };
  }
  const { version, commit, repo } = entry;
  const findings = tagFindings({ key, ref, entry }, published);
  const now = published.versions.find((each) => each.version === version);
  if (now?.yanked) {
    const reason = plainText(now.yanked.reason);
    findings.push(
      finding("VERSION_YANKED", key, `${repo} ${version} was yanked by its authors (${reason}): update it`),
    );
  }
  if (now?.deprecated) {
    const why = deprecationText(now.deprecated);
    findings.push(finding("VERSION_DEPRECATED", key, `${repo} ${version} is deprecated: ${why}`));
  }
  if (published.deprecated) {
    const why = deprecationText(published.deprecated);
    findings.push(finding("PACKAGE_DEPRECATED", key, `${repo} is deprecated: ${why}`));
  }
  if (published.registryError !== undefined) {
    const why = plainText(errorMessage(published.registryError));
    const what = `${repo} ${version ?? commit.slice(0, 12)}`;
    findings.push(finding("REGISTRY_UNREADABLE", key, `It cannot be told whether ${what} was withdrawn: ${why}`));
  }
  return { findings, published };
}

function tagFindings({ key, entry }: LockedRef, { versions }: PublishedPackage): AuditFinding[] {
  const { version, commit, repo } = entry;
  const now = versions.find((each) => each.version === version);
  if (version === undefined || now?.commit === commit) return [];
  const moved = `points at ${now?.commit}, and was locked at ${commit}`;
  return now
    ? [finding("TAG_MOVED", key, `The tag v${version} of ${repo} ${moved}: find out why before you use or update it`)]
    : [finding("TAG_GONE", key, `The tag v${version} of ${repo} is gone: find out why, and choose another version`)];
}
