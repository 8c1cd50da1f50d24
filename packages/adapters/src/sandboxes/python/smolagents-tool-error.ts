import { type RunError, type RunErrorCode, SmoltoolsError } from "@smoltools/core";

/**
 * What can be wrong with a tool in the form of smolagents.
 *
 * | code | meaning |
 * | --- | --- |
 * | `PYTHON_TOOL_INVALID` | the file cannot be loaded, or holds no tool, or several |
 * | `PYTHON_TOOL_FAILED` | a call failed; `data.reason` and `data.name` tell how |
 */
export type SmolagentsToolErrorCode = "PYTHON_TOOL_INVALID" | "PYTHON_TOOL_FAILED";

/** A tool in the form of smolagents that cannot be loaded, or failed. */
export class SmolagentsToolError extends SmoltoolsError<
  SmolagentsToolErrorCode,
  { reason: RunErrorCode; name: string }
> {}

/** The error for what went wrong inside. */
export function toolError(code: SmolagentsToolErrorCode, what: string, error: RunError): SmolagentsToolError {
  const { code: reason, name, message } = error;
  return new SmolagentsToolError(`${what}: ${name === "ToolFileError" ? message : `${name}: ${message}`}`, {
    code,
    data: { reason, name },
  });
}

/** The error for a sandbox that is none of this package, or code in it that pretends to be a tool. */
export function noDeclaration(): SmolagentsToolError {
  const message = "the sandbox gave no declaration of the tool: load it into a sandbox of Python of this package";
  return toolError("PYTHON_TOOL_INVALID", "The tool cannot be loaded", {
    code: "SANDBOX_EXCEPTION",
    name: "TypeError",
    message,
  });
}
