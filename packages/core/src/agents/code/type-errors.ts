import { AgentError } from "../agent-error.ts";
import type { CodeFinding } from "./code-checker.ts";
import { sourceLine } from "./observation.ts";

/** What the model is told of code that cannot be right. */
export function typeErrors(findings: readonly CodeFinding[], code: string): AgentError {
  const list = findings.map(
    ({ code: name, message, line, column }) =>
      `${name}: ${message}\nat line ${line}, column ${column}: ${sourceLine(code, line)}`,
  );
  return new AgentError(`The code was not run, because it would fail:\n${list.join("\n")}`, {
    code: "AGENT_TYPE_ERROR",
  });
}
