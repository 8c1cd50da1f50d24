import { canonicalJson, type ToolAnnotations } from "@smoltools/core";
import type { ManifestTool } from "../manifest/manifest.ts";
import type { Finding } from "./compatibility.ts";
import { pointer } from "./pointer.ts";
import { inputFindings, outputFindings } from "./schema-findings.ts";
import { schemaParts } from "./schema-parts.ts";
import type { Budget } from "./subset/budget.ts";
import { shorten } from "../shared/shorten.ts";

/** Longest description that a finding repeats. */
const maxTextLength = 160;

/**
 * Judges the change of one tool.
 *
 * @param budget - What all tools of the package may take together.
 */
export function toolFindings(before: ManifestTool, after: ManifestTool, budget: Budget): Finding[] {
  const judged = [
    ...inputFindings(before.inputSchema, after.inputSchema, ["inputSchema"], budget),
    ...orderFindings(before, after),
    ...defaultFindings(before, after),
    ...outputFindings(before.outputSchema ?? true, after.outputSchema ?? true, ["outputSchema"], budget),
    ...effectFindings(before.annotations, after.annotations),
  ];
  const texts = textFindings(before, after).filter(({ path }) => !judged.some((one) => one.path.startsWith(path)));
  return [...judged, ...texts].map((finding) => Object.assign(finding, { tool: before.name }));
}

/** Code agents may pass arguments by position: the parameters that there were keep theirs. */
function orderFindings(before: ManifestTool, after: ManifestTool): Finding[] {
  const [was, is] = [parameterNames(before), parameterNames(after)];
  const isMoved = was.some((name, index) => is.includes(name) && is[index] !== name);
  if (!isMoved) return [];
  return [
    {
      rule: "input-order",
      bump: "major",
      path: "/inputSchema/properties",
      before: was.join(", "),
      after: is.join(", "),
      message: "calls that pass arguments by position pass them to others: add parameters at the end",
    },
  ];
}

function parameterNames({ inputSchema }: ManifestTool): string[] {
  return Object.keys(inputSchema.properties ?? {});
}

/** A default is what a call means that leaves the argument out. */
function defaultFindings(before: ManifestTool, after: ManifestTool): Finding[] {
  const defaults = (tool: ManifestTool) =>
    new Map(
      [...schemaParts(tool.inputSchema)].map(([path, part]) => [pointer(["inputSchema", ...path]), part.default]),
    );
  const now = defaults(after);
  const findings: Finding[] = [];
  for (const [path, value] of defaults(before)) {
    if (!now.has(path) || canonicalJson(now.get(path) ?? null) === canonicalJson(value ?? null)) continue;
    const next = now.get(path);
    findings.push({
      rule: "default-changed",
      bump: "minor",
      path,
      ...(value !== undefined && { before: JSON.stringify(value) }),
      ...(next !== undefined && { after: JSON.stringify(next) }),
      message: "calls that leave it out behave differently",
    });
  }
  return findings;
}

/** How much harm a call can do, by what the tool says of itself. Defaults as in MCP. */
function effect({ readOnlyHint = false, destructiveHint = true }: ToolAnnotations = {}): number {
  if (readOnlyHint) return 0;
  return destructiveHint ? 2 : 1;
}

const effects = ["reads", "writes", "may destroy"];

function effectFindings(before: ToolAnnotations | undefined, after: ToolAnnotations | undefined): Finding[] {
  const [was, is] = [effect(before), effect(after)];
  if (was === is) return [];
  const isRaised = is > was;
  return [
    {
      rule: isRaised ? "effect-raised" : "effect-lowered",
      bump: isRaised ? "major" : "minor",
      path: "/annotations",
      before: effects[was] ?? "",
      after: effects[is] ?? "",
      message: isRaised ? "whoever allowed the tool allowed less than it does now" : "it does less than before",
    },
  ];
}

/** What callers read, and what no rule above has judged. */
function textFindings(before: ManifestTool, after: ManifestTool): Finding[] {
  const findings: Finding[] = [];
  if (before.description !== after.description) {
    findings.push({
      rule: "description-changed",
      bump: "patch",
      path: "/description",
      before: shorten(before.description, maxTextLength),
      after: shorten(after.description, maxTextLength),
      message: "models read it: results of evaluations may change",
    });
  }
  for (const part of ["inputSchema", "outputSchema", "annotations", "examples"] as const) {
    if (JSON.stringify(before[part]) === JSON.stringify(after[part])) continue;
    findings.push({ rule: "text-changed", bump: "patch", path: `/${part}`, message: "it is written differently" });
  }
  return findings;
}
