import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";

/** What a keyword of JSON Schema holds: which of them are schemas tells how they are written. */
const schemaKeywords = new Set([
  "additionalProperties",
  "contains",
  "else",
  "if",
  "items",
  "not",
  "propertyNames",
  "then",
]);
const listKeywords = new Set(["allOf", "anyOf", "oneOf"]);
const mapKeywords = new Set(["$defs", "definitions", "patternProperties", "properties"]);

/** Keywords that draft-07 does not know and that have no counterpart in it. */
const laterKeywords = new Set([
  "$schema",
  "$anchor",
  "dependentRequired",
  "dependentSchemas",
  "maxContains",
  "minContains",
  "prefixItems",
  "unevaluatedItems",
  "unevaluatedProperties",
  "x-ts",
]);

/**
 * Writes a schema in draft-07, which is what the AI SDK's providers expect.
 *
 * What draft-07 cannot say is left out: the schema then allows more. `$defs` stay, for a reference may lead anywhere.
 *
 * Source: https://json-schema.org/draft/2019-09/release-notes and https://json-schema.org/draft/2020-12/release-notes.
 *
 * @param schema - A schema of JSON Schema 2020-12.
 */
export function draft07(schema: JsonSchemaObject): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (!laterKeywords.has(keyword)) written[keyword] = writtenValue(keyword, value);
  }
  const { prefixItems, items, dependentRequired, dependentSchemas } = schema;
  if (prefixItems) {
    written["items"] = prefixItems.map(draft07Any);
    if (items !== undefined) written["additionalItems"] = draft07Any(items);
  }
  if (dependentRequired || dependentSchemas) {
    written["dependencies"] = { ...dependentRequired, ...draft07Map(dependentSchemas ?? {}) };
  }
  return written;
}

function writtenValue(keyword: string, value: unknown): unknown {
  if (schemaKeywords.has(keyword)) return draft07Any(value as JsonSchema);
  if (listKeywords.has(keyword)) return (value as JsonSchema[]).map(draft07Any);
  if (mapKeywords.has(keyword)) return draft07Map(value as Record<string, JsonSchema>);
  return value;
}

function draft07Any(schema: JsonSchema): unknown {
  return typeof schema === "boolean" ? schema : draft07(schema);
}

function draft07Map(schemas: Record<string, JsonSchema>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, draft07Any(schema)]));
}
