import {
  compareManifests,
  type Compatibility,
  findingText,
  type HubConnection,
  inspectPackage,
  leastVersion,
  type Manifest,
} from "@smoltools/hub";

/** Which version a package needs that differs from the published one of the same number. */
export interface NeededVersion {
  /** The least one. */
  least: string;
  compatibility: Compatibility;
  /** What has changed, a line each, with a line break before each. */
  changes: string;
}

/** Most changes that are told. */
const maxFindings = 20;

/** Compares a package with the published one of its version. */
export async function neededVersion(
  manifest: Manifest,
  connection: HubConnection,
  signal: AbortSignal,
): Promise<NeededVersion> {
  const { name, version } = manifest;
  const before = (await inspectPackage(`${name}@${version}`, { ...connection, signal })).manifest;
  const compatibility = compareManifests(before, manifest);
  const { bump, findings } = compatibility;
  const changes = findings.slice(0, maxFindings).map((one) => `\n- ${findingText(one)}`);
  return { least: leastVersion(version, bump === "none" ? "patch" : bump), compatibility, changes: changes.join("") };
}
