import type { CodeCheck, CodeFinding } from "@smoltools/core";
import type { TypeCheckOptions } from "../type-check.ts";

/** Checks that fail open would hide what a test looks for, where the machine is slow. */
export const patient: TypeCheckOptions = { timeoutMs: 15_000 };

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
