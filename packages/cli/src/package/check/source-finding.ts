import type { Problem } from "../../derive/index.ts";
import type { CheckFinding } from "./check-report.ts";

/** A problem of the derivation, as a finding of a check. */
export function sourceFinding(problem: Problem, severity: CheckFinding["severity"]): CheckFinding {
  const { code, message, fix, file, line, column, length } = problem;
  return { severity, code, message, ...(fix !== "" && { fix }), place: { file, line, column, length } };
}
