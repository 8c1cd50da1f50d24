import type { JsonSchema } from "@smoltools/core";
import { isRecord } from "./json-access.ts";

const names = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Keywords by what they hold: a schema, a list of schemas, schemas by name. `items` was a list in older drafts. */
export const subschemaKeywords: Readonly<Record<"one" | "list" | "map", ReadonlySet<string>>> = {
  one: names(`additionalItems additionalProperties contains contentSchema else if items not propertyNames then
    unevaluatedItems unevaluatedProperties`),
  list: names("allOf anyOf items oneOf prefixItems"),
  map: names("$defs definitions dependencies dependentSchemas patternProperties properties"),
};

/**
 * Converts the schemas that stand directly in a schema; everything else in it stays.
 *
 * @param convert - Makes something of a schema. `property` is its name where it is that of a property.
 */
export function mapSubschemas(
  schema: object,
  convert: (inner: JsonSchema, property?: string) => unknown,
): Record<string, unknown> {
  const convertAny = (inner: unknown, property?: string): unknown =>
    isSchema(inner) ? convert(inner, property) : inner;
  const convertValue = (keyword: string, value: unknown): unknown => {
    if (Array.isArray(value)) {
      return subschemaKeywords.list.has(keyword) ? value.map((inner: unknown) => convertAny(inner)) : value;
    }
    if (subschemaKeywords.one.has(keyword)) return convertAny(value);
    if (!subschemaKeywords.map.has(keyword) || !isRecord(value)) return value;
    const isProperties = keyword === "properties";
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, convertAny(inner, isProperties ? name : undefined)]),
    );
  };
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]: [string, unknown]) => [keyword, convertValue(keyword, value)]),
  );
}

/** Tells whether a value can stand where a schema is wanted. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "boolean" || isRecord(value);
}
