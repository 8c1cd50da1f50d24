import { type RunErrorCode, SmoltoolsError } from "@smoltools/core";

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
