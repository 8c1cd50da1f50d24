import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";
import { mapSubschemas } from "../map-subschemas.ts";

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
 * Writes a schema in draft-07, which is what LangChain, the AI SDK and its providers expect.
 *
 * What draft-07 cannot say is left out: the schema then allows more. `$defs` stay, for a reference may lead anywhere.
 *
 * Source: https://json-schema.org/draft/2019-09/release-notes and https://json-schema.org/draft/2020-12/release-notes.
 *
 * @param schema - A schema of JSON Schema 2020-12.
 */
export function draft07(schema: JsonSchemaObject): Record<string, unknown> {
  const mapped = mapSubschemas(schema, draft07Any);
  const { prefixItems, dependentRequired, dependentSchemas } = mapped;
  const dependencies = Object.assign({}, dependentRequired, dependentSchemas);
  // Each keyword stays in its place, so that what is read back is the same text.
  const entries = Object.entries(mapped).flatMap(([keyword, value]): [string, unknown][] => {
    if (keyword === "prefixItems") return [["items", value]];
    if (keyword === "items") return [[prefixItems === undefined ? "items" : "additionalItems", value]];
    if (keyword === "dependentRequired" || keyword === "dependentSchemas") return [["dependencies", dependencies]];
    return isKnown(keyword) ? [[keyword, value]] : [];
  });
  return Object.fromEntries(entries);
}

/** Keywords that begin with `x-` are read by this project alone. */
function isKnown(keyword: string): boolean {
  return !laterKeywords.has(keyword) && !keyword.startsWith("x-");
}

function draft07Any(schema: JsonSchema): unknown {
  return typeof schema === "boolean" ? schema : draft07(schema);
}
