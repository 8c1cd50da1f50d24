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

/** The tool's own function failed; `cause` is what it threw. */
export class ToolExecutionError extends SmoltoolsError<"TOOL_FAILED", { tool: string }> {}
