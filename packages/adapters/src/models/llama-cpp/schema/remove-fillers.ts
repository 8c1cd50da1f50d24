import type { JsonSchema, JsonSchemaObject, JsonValue, ObjectSchema } from "@smoltools/core";
import { SchemaView } from "./schema-view.ts";

/**
 * Takes away the `null`s that stand for properties left out, see `grammarSchema`.
 *
 * @param value - What was written by the grammar of the schema.
 * @param schema - The schema as it was asked for.
 */
export function removeFillers(value: JsonValue, schema: ObjectSchema): JsonValue {
  return cleaned(value, schema, new SchemaView(schema));
}

function cleaned(value: JsonValue, schema: JsonSchema, view: SchemaView): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  const fitting = fittingSchema(value, schema, view);
  if (!fitting) return value;
  if (Array.isArray(value)) {
    return value.map((item, index) => cleaned(item, fitting.prefixItems?.[index] ?? fitting.items ?? true, view));
  }
  const { properties = {}, required = [], additionalProperties = true } = fitting;
  const kept = Object.entries(value).filter(([name, item]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return item !== null || property === undefined || required.includes(name) || view.acceptsNull(property);
  });
  return Object.fromEntries(
    kept.map(([name, item]) => {
      const property = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
      return [name, cleaned(item, property ?? true, view)];
    }),
  );
}

/** The schema by which a value was written: of several, the first whose properties are the value's. */
function fittingSchema(
  value: JsonValue & object,
  schema: JsonSchema,
  view: SchemaView,
  depth = 0,
): JsonSchemaObject | undefined {
  const resolved = view.resolve(schema);
  if (typeof resolved === "boolean" || depth > 32) return undefined;
  if (resolved.properties && !Array.isArray(value)) {
    const { properties } = resolved;
    return Object.keys(properties).every((name) => Object.hasOwn(value, name)) ? resolved : undefined;
  }
  for (const choice of resolved.anyOf ?? resolved.oneOf ?? resolved.allOf ?? []) {
    const fitting = fittingSchema(value, choice, view, depth + 1);
    if (fitting) return fitting;
  }
  if (resolved.type === undefined) return undefined;
  return [resolved.type].flat().includes(Array.isArray(value) ? "array" : "object") ? resolved : undefined;
}
