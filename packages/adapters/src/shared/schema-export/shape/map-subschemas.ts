import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";
import { isRecord } from "../../json-access.ts";

const names = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Keywords by what they hold: schemas, lists of schemas, schemas by name. `items` was a list in older drafts. */
const holders = {
  one: names(
    "additionalItems additionalProperties contains else if items not propertyNames then unevaluatedItems unevaluatedProperties",
  ),
  list: names("allOf anyOf items oneOf prefixItems"),
  map: names("$defs definitions dependencies dependentSchemas patternProperties properties"),
};

/**
 * Converts the schemas that stand directly in a schema; everything else in it stays.
 *
 * @param convert - Makes something of a schema.
 */
export function mapSubschemas(
  schema: JsonSchemaObject,
  convert: (inner: JsonSchema) => unknown,
): Record<string, unknown> {
  const converted = Object.entries(schema).map(([keyword, value]) => [
    keyword,
    convertedValue(keyword, value, convert),
  ]);
  return Object.fromEntries(converted);
}

function convertedValue(keyword: string, value: unknown, convert: (inner: JsonSchema) => unknown): unknown {
  const each = (inner: unknown): unknown => (isSchema(inner) ? convert(inner) : inner);
  if (Array.isArray(value)) return holders.list.has(keyword) ? value.map(each) : value;
  if (holders.one.has(keyword)) return each(value);
  if (!holders.map.has(keyword) || !isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, each(inner)]));
}

/** Tells whether a value can stand where a schema is wanted. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "boolean" || isRecord(value);
}
