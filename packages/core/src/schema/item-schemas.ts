import type { JsonSchema, JsonSchemaObject } from "./json-schema.ts";

/** Schemas of the first items and of all others; a list in `items` is how older drafts wrote the first ones. */
export function itemSchemas(schema: JsonSchemaObject): { prefix: readonly JsonSchema[]; rest: JsonSchema | undefined } {
  const { items, additionalItems } = schema as { items?: JsonSchema | JsonSchema[]; additionalItems?: JsonSchema };
  if (Array.isArray(items)) return { prefix: schema.prefixItems ?? items, rest: additionalItems };
  return { prefix: schema.prefixItems ?? [], rest: items };
}
