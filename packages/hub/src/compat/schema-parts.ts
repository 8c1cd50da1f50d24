import type { JsonSchema, JsonSchemaObject, JsonSchemaTypeName, JsonValue } from "@smoltools/core";

const maps = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"] as const;
const lists = ["allOf", "anyOf", "oneOf", "prefixItems"] as const;
const singles = [
  "items",
  "additionalProperties",
  "unevaluatedProperties",
  "unevaluatedItems",
  "propertyNames",
  "contains",
  "not",
  "if",
  "then",
  "else",
] as const;

/** The same schema, each of its parts replaced from the inside out. Values such as `const` and `default` are no parts. */
function mapSchema(schema: JsonSchema, change: (part: JsonSchemaObject) => JsonSchema): JsonSchema {
  if (typeof schema === "boolean") return schema;
  const mapped: JsonSchemaObject = { ...schema };
  for (const key of maps) {
    const map = schema[key];
    if (!map) continue;
    mapped[key] = Object.fromEntries(Object.entries(map).map(([name, part]) => [name, mapSchema(part, change)]));
  }
  for (const key of lists) {
    const list = schema[key];
    if (list) mapped[key] = list.map((part) => mapSchema(part, change));
  }
  for (const key of singles) {
    const part = schema[key];
    if (part !== undefined) mapped[key] = mapSchema(part, change);
  }
  return change(mapped);
}

/** A schema and all its parts, each with its place: the keywords and names that lead there. */
export function* schemaParts(
  schema: JsonSchema,
  path: readonly string[] = [],
): Generator<[path: readonly string[], part: JsonSchemaObject], void> {
  if (typeof schema === "boolean") return;
  yield [path, schema];
  for (const key of maps) {
    for (const [name, part] of Object.entries(schema[key] ?? {})) yield* schemaParts(part, [...path, key, name]);
  }
  for (const key of lists) {
    for (const [index, part] of (schema[key] ?? []).entries()) yield* schemaParts(part, [...path, key, String(index)]);
  }
  for (const key of singles) {
    const part = schema[key];
    if (part !== undefined) yield* schemaParts(part, [...path, key]);
  }
}

/** What a tolerant reader expects of a result: fields that it does not know do not disturb it. */
export function opened(schema: JsonSchema): JsonSchema {
  return mapSchema(schema, (part) => {
    const { additionalProperties, unevaluatedProperties, ...rest } = part;
    return {
      ...rest,
      ...(additionalProperties !== undefined && additionalProperties !== false && { additionalProperties }),
      ...(unevaluatedProperties !== undefined && unevaluatedProperties !== false && { unevaluatedProperties }),
    };
  });
}

/** What callers have to expect of a result in later versions: a choice marked `x-open` can have further values. */
export function unlisted(schema: JsonSchema): JsonSchema {
  return mapSchema(schema, (part) => {
    const { "x-open": isOpen, const: only, enum: values = only === undefined ? [] : [only], ...rest } = part;
    if (isOpen !== true || values.length === 0) return part;
    return { type: [...new Set(values.map(typeName))], ...rest };
  });
}

function typeName(value: JsonValue): JsonSchemaTypeName {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" ? type : "object";
}
