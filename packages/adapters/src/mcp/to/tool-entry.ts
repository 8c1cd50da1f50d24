import type { JsonSchema, ObjectSchema, ToolAnnotations, ToolDeclaration } from "@smoltools/core";
import { wrappedMark } from "../content/marks.ts";
import { wrapSchema } from "../schema/wrapped-schema.ts";

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
  return {
    name,
    ...(annotations?.title !== undefined && { title: annotations.title }),
    description,
    inputSchema: plainProperties(inputSchema),
    ...(outputSchema !== undefined && {
      outputSchema: plainProperties(isObjectSchema(outputSchema) ? outputSchema : asObject(wrapSchema(outputSchema))),
    }),
    ...(annotations && { annotations: { ...annotations } }),
    ...(outputSchema !== undefined && !isObjectSchema(outputSchema) && { _meta: { [wrappedMark]: true } }),
  };
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
