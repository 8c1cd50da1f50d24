import {
  type CodeLanguage,
  type RunError,
  type RunErrorCode,
  type RunResult,
  ToolExecutionError,
  type ToolExecutionErrorCode,
} from "@smoltools/core";

const codes: Readonly<Record<RunErrorCode, ToolExecutionErrorCode>> = {
  SANDBOX_SYNTAX: "TOOL_FAILED",
  SANDBOX_EXCEPTION: "TOOL_FAILED",
  SANDBOX_TIMEOUT: "TOOL_TIMEOUT",
  SANDBOX_MEMORY: "TOOL_OUT_OF_MEMORY",
  SANDBOX_STACK: "TOOL_OUT_OF_MEMORY",
  SANDBOX_LIMIT: "TOOL_LIMIT",
  SANDBOX_CRASH: "TOOL_CRASHED",
};

/**
 * What a run printed and gave, as text.
 *
 * @param tool - The tool's name.
 * @param language - Of the code: what it calls nothing.
 * @throws ToolExecutionError when the code did not run to its end: with the message, the line, and what it printed.
 */
export function interpreterText(tool: string, language: CodeLanguage, result: RunResult): string {
  const { output, error, value, finalAnswer } = result;
  // A final answer counts whatever the code did afterwards.
  if (error && !finalAnswer) {
    const printed = output === "" ? "" : `\nStdout:\n${output}`;
    throw new ToolExecutionError(`${errorText(error)}${printed}`, { code: codes[error.code], data: { tool } });
  }
  return `Stdout:\n${output}\nOutput: ${valueText(finalAnswer ? finalAnswer.value : value, language)}`;
}

function errorText({ name, message, line, column }: RunError): string {
  const place = line === undefined ? "" : ` (line ${line}${column === undefined ? "" : `, column ${column}`})`;
  const what = message.startsWith(name) ? message : `${name}: ${message}`;
  return `The code failed${place}: ${what}`;
}

function valueText(value: unknown, language: CodeLanguage): string {
  if (value === undefined) return language === "python" ? "None" : "undefined";
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}
