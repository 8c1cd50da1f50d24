import type { CodeCheck, CodeFinding } from "@smoltools/core";

/** Checks code after steps that ran before it, in a conversation that starts from nothing. */
export function checkSteps(check: CodeCheck, ...steps: readonly string[]): CodeFinding[] {
  check.forget();
  for (const step of steps.slice(0, -1)) check.ran(step);
  return check.findings(steps.at(-1) ?? "");
}

/** The codes of findings, for comparison. */
export function codesOf(findings: readonly CodeFinding[]): string[] {
  return findings.map(({ code }) => code);
}
