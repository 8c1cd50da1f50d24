import type { JsonSchema, ObjectSchema, ToolAnnotations, ToolDeclaration } from "@smoltools/core";
import { importInputSchema, importSchema } from "../../shared/schema-import/import-schema.ts";
import { schemasToKeep } from "../../shared/schema-import/kept-schema.ts";
import { schemasMark, wrappedMark } from "../content/marks.ts";
import { unwrapSchema, wrapSchema } from "../schema/wrapped-schema.ts";

/** A tool as a server lists it. Source: MCP 2025-11-25, tools, "Tool". */
export interface ToolEntry {
  [key: string]: unknown;
  name: string;
  title?: string;
  description: string;
  inputSchema: ObjectSchema;
  outputSchema?: ObjectSchema;
  annotations?: ToolAnnotations;
  _meta?: Record<string, unknown>;
}

/** What a tool declares, as a server lists it. `readDeclaration` gives the same declaration back. */
export function toolEntry({ name, description, inputSchema, outputSchema, annotations }: ToolDeclaration): ToolEntry {
  const input = plainProperties(inputSchema);
  const output = outputSchema === undefined ? undefined : listedOutput(outputSchema);
  const read = { input: importInputSchema(input), output: output && readOutput(output) };
  const kept = schemasToKeep({ inputSchema, outputSchema }, read);
  const meta = {
    ...(output?.isWrapped && { [wrappedMark]: true }),
    ...(Object.keys(kept).length > 0 && { [schemasMark]: kept }),
  };
  return {
    name,
    ...(annotations?.title !== undefined && { title: annotations.title }),
    description,
    inputSchema: input,
    ...(output && { outputSchema: output.schema }),
    ...(annotations && { annotations: { ...annotations } }),
    ...(Object.keys(meta).length > 0 && { _meta: meta }),
  };
}

interface ListedOutput {
  schema: ObjectSchema;
  /** Results are objects with one property, because they are not objects by themselves. */
  isWrapped: boolean;
}

function listedOutput(schema: JsonSchema): ListedOutput {
  if (isObjectSchema(schema)) return { schema: plainProperties(schema), isWrapped: false };
  return { schema: plainProperties(asObject(wrapSchema(schema))), isWrapped: true };
}

/** What a client of ours makes of it. */
function readOutput({ schema, isWrapped }: ListedOutput): JsonSchema | undefined {
  const read = importSchema(schema);
  return isWrapped ? unwrapSchema(read) : read;
}

/** Whether results that fit are objects, which is what results of MCP tools have to be. */
export function isObjectSchema(schema: JsonSchema): schema is ObjectSchema {
  return typeof schema === "object" && schema.type === "object";
}

function asObject(schema: JsonSchema): ObjectSchema {
  return typeof schema === "object" ? { ...schema, type: "object" } : { type: "object" };
}

/** Clients refuse a list in which a property's schema is `true` or `false`. */
function plainProperties(schema: ObjectSchema): ObjectSchema {
  const { properties } = schema;
  if (!properties || Object.values(properties).every((property) => typeof property !== "boolean")) return schema;
  const plain = Object.entries(properties).map(([name, property]): [string, JsonSchema] => [
    name,
    property === true ? {} : property === false ? { not: {} } : property,
  ]);
  return { ...schema, properties: Object.fromEntries(plain) };
}
