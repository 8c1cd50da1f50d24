import { missingPermissions, permissionKinds, type Permissions } from "../manifest/permissions.ts";
import type { Finding } from "./compatibility.ts";

/** Judges what a package, or an agent, may do now and could not do before, and the other way round. */
export function permissionFindings(before: Permissions, after: Permissions): Finding[] {
  const [added, removed] = [missingPermissions(after, before), missingPermissions(before, after)];
  const findings: Finding[] = [];
  for (const kind of permissionKinds) {
    const path = `/permissions/${kind}`;
    for (const value of added[kind]) {
      const message = "everybody who uses it has to agree anew";
      findings.push({ rule: "permission-added", bump: "major", path, after: value, message });
    }
    for (const value of removed[kind]) {
      const message = "it needs less than before";
      findings.push({ rule: "permission-removed", bump: "minor", path, before: value, message });
    }
  }
  return findings;
}
