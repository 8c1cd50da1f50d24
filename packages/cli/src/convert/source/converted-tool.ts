import type { Tool } from "@smoltools/core";
import type { ConvertedTool } from "../conversion.ts";

/** A tool of a source with the call that is made of it. */
export function convertedTool(tool: Tool, body: string): ConvertedTool {
  const { name, description, inputSchema, outputSchema, annotations } = tool;
  const made: ConvertedTool = { name, description, inputSchema, body };
  if (outputSchema !== undefined) made.outputSchema = outputSchema;
  if (annotations) made.annotations = annotations;
  return made;
}
