import { type JsonSchema, type JsonSchemaObject, jsonEqual, type JsonValue } from "@smoltools/core";
import { isAnnotation } from "./keywords.ts";

/** Keywords that look at what others beside them left over: apart from them they mean something else. */
const related = ["items", "prefixItems", "additionalItems", "contains", "minContains", "maxContains", "if"];
const unmergeable = ["unevaluatedItems", "unevaluatedProperties", "then", "else"];

/**
 * One schema for the values that fit all of several, where that can be told from their keywords.
 *
 * @param parts - Without references and `allOf`; what is said first wins among descriptions.
 * @returns `undefined` where it cannot be told.
 */
export function mergeSchemas(parts: readonly JsonSchema[]): JsonSchema | undefined {
  if (parts.includes(false)) return false;
  const schemas = parts.filter((part): part is JsonSchemaObject => typeof part === "object");
  const [only = true] = schemas;
  if (schemas.length < 2) return only;
  if (schemas.some((schema) => unmergeable.some((keyword) => keyword in schema))) return undefined;
  if (schemas.filter((schema) => related.some((keyword) => keyword in schema)).length > 1) return undefined;
  const merged = new Map<string, unknown>();
  for (const schema of schemas) {
    for (const [keyword, value] of Object.entries(schema)) {
      const both = merged.has(keyword) ? mergeValues(keyword, merged.get(keyword), value) : { value };
      if (!both) return undefined;
      merged.set(keyword, both.value);
    }
  }
  const result: JsonSchemaObject = Object.fromEntries(merged);
  return schemas.every((schema) => knowsAll(schema, result)) ? result : undefined;
}

/** A schema that says something about unknown keys must know those that the others bring. */
function knowsAll(schema: JsonSchemaObject, { properties = {}, required = [] }: JsonSchemaObject): boolean {
  const { additionalProperties = true, patternProperties } = schema;
  if (additionalProperties === true) return true;
  const names = [...Object.keys(properties), ...required];
  const isSame = names.every((name) => Object.hasOwn(schema.properties ?? {}, name));
  return isSame && patternProperties === undefined;
}

function mergeValues(keyword: string, one: unknown, other: unknown): { value: unknown } | undefined {
  if (isAnnotation(keyword)) return { value: one };
  if (keyword === "required") return { value: [...new Set([...(one as string[]), ...(other as string[])])] };
  if (keyword === "properties") {
    return { value: mergeProperties(one as Record<string, JsonSchema>, other as Record<string, JsonSchema>) };
  }
  if (keyword === "additionalProperties" && (one === true || other === true)) {
    return { value: one === true ? other : one };
  }
  return jsonEqual(one as JsonValue, other as JsonValue) ? { value: one } : undefined;
}

function mergeProperties(
  one: Readonly<Record<string, JsonSchema>>,
  other: Readonly<Record<string, JsonSchema>>,
): Record<string, JsonSchema> {
  const merged = new Map(Object.entries(one));
  for (const [name, schema] of Object.entries(other)) {
    const known = merged.get(name);
    const isKnown = known === undefined || JSON.stringify(known) === JSON.stringify(schema);
    merged.set(name, isKnown ? schema : { allOf: [known, schema] });
  }
  return Object.fromEntries(merged);
}
