import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";

/** Keywords in the order in which a person wants to read them. */
const order: readonly (keyof JsonSchemaObject)[] = [
  "$ref",
  "title",
  "description",
  "deprecated",
  "readOnly",
  "writeOnly",
  "type",
  "const",
  "enum",
  "anyOf",
  "not",
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "contentEncoding",
  "contentMediaType",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "prefixItems",
  "items",
  "minItems",
  "maxItems",
  "uniqueItems",
  "properties",
  "patternProperties",
  "required",
  "additionalProperties",
  "minProperties",
  "maxProperties",
  "default",
  "examples",
  "x-ts",
  "x-open",
  "$defs",
];

/** A copy of a schema with the keywords of each part in one order, so that equal schemas have equal bytes. */
export function inKeywordOrder(schema: JsonSchemaObject): JsonSchemaObject {
  const ordered: JsonSchemaObject = {};
  for (const keyword of order) {
    if (schema[keyword] !== undefined) Object.assign(ordered, { [keyword]: inner(keyword, schema) });
  }
  return ordered;
}

function inner(keyword: keyof JsonSchemaObject, schema: JsonSchemaObject): unknown {
  switch (keyword) {
    case "not":
    case "items":
    case "additionalProperties":
      return ordered(schema[keyword] ?? true);
    case "anyOf":
    case "prefixItems":
      return schema[keyword]?.map(ordered);
    case "properties":
    case "patternProperties":
    case "$defs":
      return Object.fromEntries(Object.entries(schema[keyword] ?? {}).map(([name, part]) => [name, ordered(part)]));
    default:
      return schema[keyword];
  }
}

function ordered(schema: JsonSchema): JsonSchema {
  return typeof schema === "object" ? inKeywordOrder(schema) : schema;
}
