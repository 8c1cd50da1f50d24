import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";
import { mapSubschemas } from "../../../shared/schema-export/shape/map-subschemas.ts";

/** Keywords that draft-07 does not know and that have no counterpart in it. */
const laterKeywords = new Set([
  "$schema",
  "$anchor",
  "maxContains",
  "minContains",
  "unevaluatedItems",
  "unevaluatedProperties",
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
  const { prefixItems, items, dependentRequired, dependentSchemas, ...rest } = mapSubschemas(schema, draft07Any);
  const written = Object.fromEntries(Object.entries(rest).filter(([keyword]) => isKnown(keyword)));
  if (items !== undefined) written[prefixItems === undefined ? "items" : "additionalItems"] = items;
  if (prefixItems !== undefined) written["items"] = prefixItems;
  if (dependentRequired !== undefined || dependentSchemas !== undefined) {
    written["dependencies"] = Object.assign({}, dependentRequired, dependentSchemas);
  }
  return written;
}

/** Keywords that begin with `x-` are read by this project alone. */
function isKnown(keyword: string): boolean {
  return !laterKeywords.has(keyword) && !keyword.startsWith("x-");
}

function draft07Any(schema: JsonSchema): unknown {
  return typeof schema === "boolean" ? schema : draft07(schema);
}
