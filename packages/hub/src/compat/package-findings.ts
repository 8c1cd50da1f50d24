import rangeSubset from "semver/ranges/subset.js";
import type { Manifest } from "../manifest/manifest.ts";
import { permissionKinds } from "../manifest/permissions.ts";
import type { Finding } from "./compatibility.ts";

/** Judges what changed of the package as a whole: what it may do, what it needs, what it consists of. */
export function packageFindings(before: Manifest, after: Manifest): Finding[] {
  return [
    ...permissionFindings(before, after),
    ...runtimeFindings(before, after),
    ...licenseFindings(before, after),
    ...fileFindings(before, after),
  ];
}

function permissionFindings(before: Manifest, after: Manifest): Finding[] {
  const findings: Finding[] = [];
  for (const kind of permissionKinds) {
    const [was, is] = [before.permissions[kind], after.permissions[kind]];
    for (const value of is.filter((one) => !was.includes(one))) {
      findings.push({
        rule: "permission-added",
        bump: "major",
        path: `/permissions/${kind}`,
        after: value,
        message: "everybody who uses it has to agree anew",
      });
    }
    for (const value of was.filter((one) => !is.includes(one))) {
      findings.push({
        rule: "permission-removed",
        bump: "minor",
        path: `/permissions/${kind}`,
        before: value,
        message: "it needs less than before",
      });
    }
  }
  return findings;
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
