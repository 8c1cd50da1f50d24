import { readFile } from "node:fs/promises";
import { renderDeclarations } from "@smoltools/core";
import { permissionsText } from "@smoltools/hub";
import type { Output } from "../../cli/output/output.ts";
import { permissionLines } from "../../cli/hub/ask-permissions.ts";
import { counted } from "../../cli/output/counted.ts";
import { printable } from "../../cli/output/printable.ts";
import { formatProblem } from "../../derive/index.ts";
import { fewOfEach } from "../few-of-each.ts";
import { exampleLine } from "../examples/example-line.ts";
import { showFindings } from "../show-changes.ts";
import type { CheckFinding, CheckReport } from "./check-report.ts";

/** Shows what a check found out, to people. */
export async function showReport(out: Output, report: CheckReport): Promise<void> {
  if (out.json) return;
  const { tools, permissions, runtime, bundleBytes, examples, version, findings, skipped } = report;
  if (tools) {
    out.line(printable(renderDeclarations(tools)));
    out.line();
  }
  for (const outcome of examples) {
    const schema = tools?.find(({ name }) => name === outcome.tool)?.inputSchema ?? { type: "object" };
    out.line(exampleLine(out, outcome, schema));
  }
  if (examples.length > 0) out.line();
  if (permissions && permissionsText(permissions) === "none") out.line("permissions: none");
  else if (permissions) {
    out.line("permissions:");
    for (const line of permissionLines(permissions)) out.line(`  ${line}`);
  }
  if (runtime !== undefined) out.line(`runtime: ${runtime}`);
  if (version) showVersion(out, version);
  for (const text of skipped) out.line(out.style("dim", `not checked: ${printable(text)}`));
  const warned = fewOfEach(
    findings
      .filter(({ severity }) => severity === "warning")
      .map((finding) => ({ code: finding.code, line: finding.place?.line, finding })),
  );
  const problems = findings.filter(({ severity }) => severity === "problem");
  for (const { finding } of warned.shown) await showFinding(out, finding);
  for (const text of warned.others) out.line(`\n${out.style("yellow", "warning")} ${text}`);
  for (const finding of problems) await showFinding(out, finding);
  if (findings.length > 0) out.line();
  const what = problems.length > 0 ? out.style("red", counted(problems.length, "problem")) : out.style("green", "ok");
  const size = bundleBytes === undefined ? "" : `, bundle ${(bundleBytes / 1024).toFixed(1)} kB`;
  out.line(`${what} ${tools ? counted(tools.length, "tool") + size : printable(report.file)}`);
}

function showVersion(
  out: Output,
  { name, version, given, before, least, published, compatibility }: NonNullable<CheckReport["version"]>,
): void {
  if (published && !given) return out.line(`version: nothing has changed since ${name} ${version}`);
  if (published) return out.line(`version: ${name} ${version} is published, and nothing has changed`);
  if (before === undefined) return out.line(`version: ${name} ${version} would be the first`);
  if (given)
    out.line(`version: ${version} follows ${before}${least === undefined ? "" : `, at least ${least} is needed`}`);
  else out.line(`version: none was given; ${before} is published, and these changes need --version ${version}`);
  showFindings(out, before, compatibility);
}

/** One finding, with the line of source that it is about. */
async function showFinding(out: Output, { severity, code, message, fix = "", place }: CheckFinding): Promise<void> {
  const mark = severity === "problem" ? out.style("red", "problem") : out.style("yellow", "warning");
  const source = place && (await readFile(place.file, "utf8").catch(() => ""));
  const text =
    place && source !== undefined
      ? formatProblem({ ...place, code, message, fix }, source)
      : [`${code} ${message}`, ...(fix === "" ? [] : [`  fix: ${fix}`])].join("\n");
  out.line();
  out.line(`${mark} ${printable(text)}`);
}
