import compare from "semver/functions/compare.js";
import prerelease from "semver/functions/prerelease.js";
import { type Compatibility, compatibilityOf, type Finding } from "../compat/compatibility.ts";
import { leastVersion } from "../compat/least-version.ts";
import { PackageError } from "../errors/package-error.ts";
import { plainText } from "../shared/plain-text.ts";
import type { Allowance } from "./push-options.ts";

/** What the gate says of a version that it lets through. */
export interface Gate {
  /** The least version that the changes ask for; absent where they are not held against it. */
  least?: string;
  /** The rules that were overridden, and had something to say. */
  allowed: Allowance[];
}

/** Findings that the message lists. */
const maxListed = 20;

/**
 * Holds a version's number against what changed since the version before. A prerelease promises nothing, so nothing is
 * asked of it.
 *
 * @param allow - Rules that do not count, with the reasons.
 * @throws PackageError `VERSION_TOO_LOW` that lists each finding.
 */
export function versionGate(
  name: string,
  version: string,
  before: string,
  { findings }: Compatibility,
  allow: Readonly<Record<string, string>> = {},
): Gate {
  const isAllowed = ({ rule }: Finding) => Object.hasOwn(allow, rule);
  const allowed = Object.entries(allow)
    .filter(([rule]) => findings.some((finding) => finding.rule === rule))
    .map(([rule, reason]): Allowance => ({ rule, reason }));
  if (prerelease(version) !== null) return { allowed };
  const counted = findings.filter((finding) => !isAllowed(finding));
  const { bump } = compatibilityOf(counted);
  const least = leastVersion(before, bump);
  if (compare(version, least) >= 0) return { least, allowed };
  const tooMuch = counted.filter((finding) => compare(version, leastVersion(before, finding.bump)) < 0);
  const lines = tooMuch.slice(0, maxListed).map((finding) => `- ${findingText(finding)}`);
  if (tooMuch.length > maxListed) lines.push(`- and ${tooMuch.length - maxListed} more`);
  throw new PackageError(
    `${name} ${version} would have to be at least ${least}, because of what changed since ${before}:\n${lines.join("\n")}\n` +
      "Raise the version, undo the change, or override its rule with a reason",
    { code: "VERSION_TOO_LOW", data: { version, before, least, findings: tooMuch } },
  );
}

/** A finding in one line: `major input-narrowed forecast /inputSchema/properties/days: was …, is …: it means …`. */
export function findingText({ rule, bump, unproved, tool, path, before, after, message }: Finding): string {
  const what = [bump, rule, ...(tool === undefined ? [] : [tool]), ...(path === "" ? [] : [path])].join(" ");
  const values = [
    ...(before === undefined ? [] : [`was ${plainText(before)}`]),
    ...(after === undefined ? [] : [`is ${plainText(after)}`]),
    `${message}${unproved ? " (not proved to be compatible)" : ""}`,
  ];
  return `${plainText(what)}: ${values.join(", ")}`;
}
