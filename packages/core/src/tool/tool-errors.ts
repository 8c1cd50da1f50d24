import { SmoltoolsError } from "../errors/smoltools-error.ts";
import type { SchemaFinding } from "../schema/schema-finding.ts";

/** A tool that is declared wrongly: a name, a schema, a missing part. Thrown where the tool is made or first used. */
export class ToolDeclarationError extends SmoltoolsError<"TOOL_DECLARATION_INVALID", { tool: string }> {}

/** Arguments that the tool's input schema does not accept. The tool's function was not called. */
export class ToolInputError extends SmoltoolsError<"TOOL_INPUT_INVALID", { tool: string; findings: SchemaFinding[] }> {}

/** A result that the tool's output schema does not allow: the tool breaks its own promise. */
export class ToolOutputError extends SmoltoolsError<
  "TOOL_OUTPUT_INVALID",
  { tool: string; findings: SchemaFinding[] }
> {}

/**
 * Why a tool did not give a result.
 *
 * | code | meaning |
 * | --- | --- |
 * | `TOOL_FAILED` | the tool's own function threw; `cause` is what it threw |
 * | `TOOL_PERMISSION_DENIED` | it tried what it has no permission for |
 * | `TOOL_TIMEOUT` | it took longer than its sandbox allows |
 * | `TOOL_OUT_OF_MEMORY` | it took more memory, or recursed deeper, than its sandbox allows |
 * | `TOOL_LIMIT` | it ran into another limit of its sandbox |
 * | `TOOL_CRASHED` | its sandbox broke down |
 */
export type ToolExecutionErrorCode =
  | "TOOL_FAILED"
  | "TOOL_PERMISSION_DENIED"
  | "TOOL_TIMEOUT"
  | "TOOL_OUT_OF_MEMORY"
  | "TOOL_LIMIT"
  | "TOOL_CRASHED";

/** A tool that was called rightly and gave no result. */
export class ToolExecutionError extends SmoltoolsError<ToolExecutionErrorCode, { tool: string }> {}
