import type { JsonSchemaObject } from "@smoltools/core";
import { isRecord } from "./json-access.ts";
import { mapSubschemas, subschemaKeywords } from "./map-subschemas.ts";

/** Keywords whose value is data, whatever it looks like. */
const data: ReadonlySet<string> = new Set(["const", "default", "enum", "examples"]);

/** The schema with every `$ref` in it changed, also in schemas that only references lead to: `#/components/schemas/X`. */
export function mapRefs(schema: JsonSchemaObject, change: (ref: string) => string): JsonSchemaObject {
  const { $ref } = schema;
  const changed = typeof $ref === "string" ? { ...schema, $ref: change($ref) } : schema;
  const mapped = mapSubschemas(changed, (inner) => (typeof inner === "boolean" ? inner : mapRefs(inner, change)));
  return Object.fromEntries(
    Object.entries(mapped).map(([keyword, value]) => [keyword, isKnown(keyword) ? value : mapAny(value, change)]),
  );
}

function isKnown(keyword: string): boolean {
  return data.has(keyword) || Object.values(subschemaKeywords).some((keywords) => keywords.has(keyword));
}

function mapAny(value: unknown, change: (ref: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => mapAny(item, change));
  return isRecord(value) ? mapRefs(value, change) : value;
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
