import type { Manifest } from "../manifest/manifest.ts";
import { type Compatibility, compatibilityOf, type Finding } from "./compatibility.ts";
import { packageFindings } from "./package-findings.ts";
import { Budget } from "./subset/budget.ts";
import { toolFindings } from "./tool-findings.ts";

/**
 * Compares two versions of a package by what they declare: inputs may accept more, outputs may promise more.
 *
 * What cannot be proved compatible counts as a break, and is marked `unproved`; so does what would take too long to
 * compare. Behaviour is not compared: a change of code alone is a patch here, whatever it does.
 *
 * The rules follow Elm's and cargo-semver-checks' idea of a computed bump, for JSON Schema instead of types.
 */
export function compareManifests(before: Manifest, after: Manifest): Compatibility {
  const findings: Finding[] = packageFindings(before, after);
  const budget = new Budget();
  const now = new Map(after.tools.map((tool) => [tool.name, tool]));
  for (const tool of before.tools) {
    const next = now.get(tool.name);
    now.delete(tool.name);
    if (next) findings.push(...toolFindings(tool, next, budget));
    else findings.push(wholeTool("tool-removed", "major", tool.name, "callers that use it fail"));
  }
  for (const name of now.keys()) {
    findings.push(wholeTool("tool-added", "minor", name, "callers can use something new"));
  }
  return compatibilityOf(findings);
}

function wholeTool(rule: string, bump: Finding["bump"], tool: string, message: string): Finding {
  return { rule, bump, tool, path: "", message };
}
