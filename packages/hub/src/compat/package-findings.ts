import rangeSubset from "semver/ranges/subset.js";
import type { Manifest } from "../manifest/manifest.ts";
import type { Finding } from "./compatibility.ts";
import { permissionFindings } from "./permission-findings.ts";

/** Judges what changed of the package as a whole: what it may do, what it needs, what it consists of. */
export function packageFindings(before: Manifest, after: Manifest): Finding[] {
  return [
    ...permissionFindings(before.permissions, after.permissions),
    ...runtimeFindings(before, after),
    ...licenseFindings(before, after),
    ...fileFindings(before, after),
  ];
}

function runtimeFindings(before: Manifest, after: Manifest): Finding[] {
  const findings: Finding[] = [];
  if (before.runtime !== after.runtime) {
    // What runs in a JavaScript engine alone runs in Node.js too.
    const isEasier = before.runtime === "node" && after.runtime === "js";
    findings.push({
      rule: isEasier ? "runtime-lowered" : "runtime-raised",
      bump: isEasier ? "minor" : "major",
      path: "/runtime",
      before: before.runtime,
      after: after.runtime,
      message: isEasier ? "it runs in more places" : "it does not run everywhere where it ran",
    });
  }
  const [was, is] = [before.engines.smoltools, after.engines.smoltools];
  if (was !== is && !rangeSubset(was, is)) {
    findings.push({
      rule: "engine-raised",
      bump: "major",
      path: "/engines/smoltools",
      before: was,
      after: is,
      message: "it does not run with every smoltools with which it ran",
    });
  }
  return findings;
}

function licenseFindings({ license: was }: Manifest, { license: is }: Manifest): Finding[] {
  if (was === is) return [];
  return [
    {
      rule: "license-changed",
      bump: "minor",
      path: "/license",
      ...(was !== undefined && { before: was }),
      ...(is !== undefined && { after: is }),
      message: "other terms hold",
    },
  ];
}

/** Code can change without any declaration: that is a patch, and nobody can check that it is. */
function fileFindings(before: Manifest, after: Manifest): Finding[] {
  const hashes = ({ files, description, keywords, source }: Manifest) =>
    JSON.stringify([description, keywords, source, Object.entries(files).map(([path, { sha256 }]) => [path, sha256])]);
  if (hashes(before) === hashes(after)) return [];
  return [{ rule: "content-changed", bump: "patch", path: "/files", message: "its code or texts are others" }];
}
