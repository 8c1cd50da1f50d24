import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import { HubClient, type HubConnection, type PackedPackage, pushPackage, type PushResult } from "@smoltools/hub";
import { neededVersion } from "../needed-version.ts";
import type { CheckFinding, VersionCheck } from "./check-report.ts";

/** What a comparison with the published versions gave. */
export type VersionOutcome =
  | { version: VersionCheck }
  | { finding: CheckFinding }
  /** Why nothing could be compared. */
  | { skipped: string };

/** Errors that say what is wrong with the package, and not with the way to the hub. */
const refusals: ReadonlySet<string> = new Set([
  "MANIFEST_INVALID",
  "PACKAGE_TOO_LARGE",
  "REPO_NOT_PACKAGE",
  "VERSION_EXISTS",
  "VERSION_TOO_LOW",
]);

/**
 * Holds a package against what is published under its name, as a push would. Nothing is published, and secrets are not
 * looked for.
 *
 * @param isGiven - Somebody said the version. Where nobody did, the package has the published one: it is told which one
 *   the changes need.
 */
export async function checkVersion(
  packed: PackedPackage,
  connection: HubConnection,
  isGiven: boolean,
  signal: AbortSignal,
): Promise<VersionOutcome> {
  const { name, version } = packed.manifest;
  const hub = { ...connection, retries: 1 };
  const client = new HubClient(hub);
  try {
    return { version: versionOf(name, isGiven, await dryRun(client, packed, signal)) };
  } catch (error) {
    signal.throwIfAborted();
    if (!isSmoltoolsError(error)) throw error;
    if (error.code === "VERSION_EXISTS") return raised(packed, hub, isGiven, signal);
    if (refusals.has(error.code)) return { finding: finding(error.code, error.message) };
    return { skipped: `${name} ${version} was not compared with what is published: ${errorMessage(error)}` };
  }
}

async function dryRun(client: HubClient, packed: PackedPackage, signal: AbortSignal): Promise<PushResult> {
  const push = (allowSecrets: readonly string[]) =>
    pushPackage(client, packed, { dryRun: true, allowSecrets: [...allowSecrets], env: {}, signal });
  try {
    return await push([]);
  } catch (error) {
    // Secrets are told apart from this, and must not hide what else is wrong.
    const found = isSmoltoolsError(error, "SECRET_FOUND") ? fingerprintsIn(error.data) : [];
    if (found.length === 0) throw error;
    return push(found);
  }
}

/** The same version is published with another content. */
async function raised(
  { manifest }: PackedPackage,
  hub: HubConnection,
  isGiven: boolean,
  signal: AbortSignal,
): Promise<VersionOutcome> {
  const { name, version } = manifest;
  const { least, compatibility, changes } = await neededVersion(manifest, hub, signal);
  if (!isGiven) {
    return { version: { name, version: least, given: false, before: version, least, published: false, compatibility } };
  }
  const message = `${name} ${version} is published with another content: raise the version to at least ${least}${changes}`;
  return { finding: finding("VERSION_EXISTS", message) };
}

function fingerprintsIn(data: object): string[] {
  const findings: unknown = "findings" in data ? data.findings : [];
  if (!Array.isArray(findings)) return [];
  return findings.flatMap((one: unknown) =>
    typeof one === "object" && one !== null && "fingerprint" in one ? [String(one.fingerprint)] : [],
  );
}

function versionOf(name: string, given: boolean, result: PushResult): VersionCheck {
  const { version, before, leastVersion, compatibility, alreadyPublished = false } = result;
  return {
    name,
    version,
    given,
    ...(before !== undefined && { before }),
    ...(leastVersion !== undefined && { least: leastVersion }),
    published: alreadyPublished,
    compatibility,
  };
}

function finding(code: string, message: string): CheckFinding {
  return { severity: "problem", code, message };
}
