import type { JsonSchema, ObjectSchema, ToolAnnotations } from "@smoltools/core";
import { fieldOf, isRecord, textField } from "../../shared/json-access.ts";
import { keptInputSchema, keptSchema } from "../../shared/schema-import/kept-schema.ts";
import { declaredAnnotations } from "../../shared/tools/declared-annotations.ts";
import { schemasMark, wrappedMark } from "../content/marks.ts";
import { inputSchemaOf, outputSchemaOf } from "../schema/foreign-schema.ts";
import { unwrapSchema } from "../schema/wrapped-schema.ts";

/** What a server declares of a tool, in our form. */
export interface McpDeclaration {
  /** The name here. */
  name: string;
  /** The name that the server has for it. */
  original: string;
  description: string;
  inputSchema: ObjectSchema;
  outputSchema?: JsonSchema;
  annotations?: ToolAnnotations;
  /** Results are objects with one property, `result`, because they are not objects by themselves. */
  isWrapped: boolean;
}

/**
 * Reads what a server declares of a tool.
 *
 * @param declared - The entry of the server's list. It has a name.
 * @param name - What the tool is called here.
 * @param server - Names the server, for a tool that is not described.
 * @throws SmoltoolsError `SCHEMA_INVALID`, and others that say what is wrong with it.
 */
export function readDeclaration(declared: object, name: string, server: string): McpDeclaration {
  const original = textField(declared, "name") ?? "";
  const title = textField(declared, "title") ?? textField(fieldOf(declared, "annotations"), "title");
  const description = textField(declared, "description");
  const kept = fieldOf(fieldOf(declared, "_meta"), schemasMark);
  const [keptInput, keptOutput] = [fieldOf(kept, "inputSchema"), fieldOf(kept, "outputSchema")];
  const declaredOutput = fieldOf(declared, "outputSchema");
  const output = declaredOutput === undefined || declaredOutput === null ? undefined : outputSchemaOf(declaredOutput);
  const unwrapped = output !== undefined && isMarked(declared, output) ? unwrapSchema(output) : undefined;
  const outputSchema =
    output === undefined || keptOutput === undefined ? (unwrapped ?? output) : keptSchema(keptOutput);
  const annotations = fieldOf(declared, "annotations");
  return {
    name,
    original,
    description: description?.trim() ? description : (title ?? `${original}, a tool of ${server}.`),
    inputSchema: keptInput === undefined ? inputSchemaOf(fieldOf(declared, "inputSchema")) : keptInputSchema(keptInput),
    ...(outputSchema !== undefined && { outputSchema }),
    ...declaredAnnotations({ ...(isRecord(annotations) && annotations), title }, original, name),
    isWrapped: unwrapped !== undefined,
  };
}

/** Our own servers mark wrapped results at the tool, those of FastMCP in the schema. */
function isMarked(declared: object, output: JsonSchema): boolean {
  return fieldOf(fieldOf(declared, "_meta"), wrappedMark) === true || fieldOf(output, "x-fastmcp-wrap-result") === true;
}
