import type { JsonSchemaObject } from "@smoltools/core";
import { mapSubschemas } from "./map-subschemas.ts";

/** The schema with every `$ref` in it changed. */
export function mapRefs(schema: JsonSchemaObject, change: (ref: string) => string): JsonSchemaObject {
  const { $ref } = schema;
  const changed = typeof $ref === "string" ? { ...schema, $ref: change($ref) } : schema;
  return mapSubschemas(changed, (inner) => (typeof inner === "boolean" ? inner : mapRefs(inner, change)));
}

/**
 * What a reference becomes when the schema that it is in moves within its document: places in the schema move with it,
 * definitions stay at the root.
 *
 * @param pointer - Where the schema stands now: `#/properties/result`.
 */
export function movedRef(ref: string, pointer: string): string {
  const staysPut = /^#\/(?:\$defs|definitions)\//.test(ref);
  return ref === "#" || (ref.startsWith("#/") && !staysPut) ? pointer + ref.slice(1) : ref;
}
