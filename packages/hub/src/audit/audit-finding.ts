/** How bad a finding is, the worst first. */
export const severities = ["critical", "high", "moderate", "low"] as const;

/** How bad a finding is. */
export type Severity = (typeof severities)[number];

/**
 * What an audit can find.
 *
 * | code | severity | meaning |
 * | --- | --- | --- |
 * | `TAG_MOVED` | critical | the version's tag points at another commit than when it was locked |
 * | `CONTENT_CHANGED` | critical | the hub, or the cache, has other content for the commit than what is locked |
 * | `SIGNATURE_INVALID` | critical | the package's signature does not hold, or is by a key that is not trusted |
 * | `TAG_GONE` | high | the version is not published any more |
 * | `PACKAGE_GONE` | high | the package is not on the hub any more, or is private |
 * | `VERSION_YANKED` | high | the version was withdrawn by its authors |
 * | `SIGNATURE_MISSING` | high | the package is not signed, and the policy demands that it is |
 * | `CACHE_DAMAGED` | moderate | a file in the cache is not the one of the package; it is downloaded anew when it is needed |
 * | `PERMISSIONS_GROWN` | moderate | the version that an update would lock wants more permissions |
 * | `REGISTRY_UNREADABLE` | moderate | it cannot be told whether the version was withdrawn |
 * | `UPDATE_BLOCKED` | moderate | no published version fits the ref any more |
 * | `VERSION_DEPRECATED` | low | the version has a better successor |
 * | `PACKAGE_DEPRECATED` | low | the package has a better successor |
 */
export type AuditCode =
  | "TAG_MOVED"
  | "CONTENT_CHANGED"
  | "SIGNATURE_INVALID"
  | "TAG_GONE"
  | "PACKAGE_GONE"
  | "VERSION_YANKED"
  | "SIGNATURE_MISSING"
  | "CACHE_DAMAGED"
  | "PERMISSIONS_GROWN"
  | "REGISTRY_UNREADABLE"
  | "UPDATE_BLOCKED"
  | "VERSION_DEPRECATED"
  | "PACKAGE_DEPRECATED";

const severityOf: Readonly<Record<AuditCode, Severity>> = {
  TAG_MOVED: "critical",
  CONTENT_CHANGED: "critical",
  SIGNATURE_INVALID: "critical",
  TAG_GONE: "high",
  PACKAGE_GONE: "high",
  VERSION_YANKED: "high",
  SIGNATURE_MISSING: "high",
  CACHE_DAMAGED: "moderate",
  PERMISSIONS_GROWN: "moderate",
  REGISTRY_UNREADABLE: "moderate",
  UPDATE_BLOCKED: "moderate",
  VERSION_DEPRECATED: "low",
  PACKAGE_DEPRECATED: "low",
};

/** One thing that an audit found. */
export interface AuditFinding {
  code: AuditCode;
  severity: Severity;
  /** The ref of the lock file. */
  ref: string;
  /** What it is and what to do, on one line. */
  message: string;
}

/** Makes a finding; its code says how bad it is. */
export function finding(code: AuditCode, ref: string, message: string): AuditFinding {
  return { code, severity: severityOf[code], ref, message };
}
