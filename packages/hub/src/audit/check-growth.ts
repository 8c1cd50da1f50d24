import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import type { LockedRef } from "../install/choose-locked.ts";
import { wantedOf } from "../install/list-outdated.ts";
import { isEmpty, missingPermissions, permissionsText } from "../manifest/permissions.ts";
import { fetchPackageOrTool } from "../load/python/fetch-tool-file.ts";
import type { PublishedPackage } from "../resolve/published-package.ts";
import { type AuditFinding, finding } from "./audit-finding.ts";
import type { AuditPlace } from "./check-content.ts";

/** Looks at the version that an update would lock: whether there is one, and whether it wants more than the locked one. */
export async function checkGrowth(
  locked: LockedRef,
  published: PublishedPackage,
  { client, cache, options }: AuditPlace,
): Promise<AuditFinding[]> {
  const { key, entry } = locked;
  const { resolved, problem } = wantedOf(locked, published);
  if (problem) return [finding("UPDATE_BLOCKED", key, `It cannot be updated: ${problem.message}`)];
  if (!resolved || resolved.commit === entry.commit) return [];
  const name = `${resolved.repo} ${resolved.version ?? resolved.commit.slice(0, 12)}`;
  try {
    const granted = { signal: options.signal, granted: entry.permissions };
    const { manifest } = await fetchPackageOrTool(client, cache, resolved, granted);
    const grown = missingPermissions(manifest.permissions, entry.permissions);
    if (isEmpty(grown)) return [];
    const text = permissionsText(grown);
    return [finding("PERMISSIONS_GROWN", key, `${name} wants more than ${entry.version ?? "the locked one"}: ${text}`)];
  } catch (error) {
    if (!isSmoltoolsError(error) || error.code.startsWith("HUB_")) throw error;
    return [finding("UPDATE_BLOCKED", key, `It cannot be updated to ${name}: ${errorMessage(error)}`)];
  }
}
