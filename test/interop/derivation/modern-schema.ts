import type { JsonSchema } from "@smoltools/core";

type Part = Record<string, unknown>;

/**
 * A schema of draft-06 or draft-07 as one of 2020-12. Its objects are closed, as those of tools are: a schema generator
 * leaves that to an option.
 */
export function modernSchema(schema: unknown): JsonSchema {
  return converted(schema, true) as JsonSchema;
}

function converted(schema: unknown, closes: boolean): unknown {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return schema;
  const result: Part = {};
  for (const [keyword, value] of Object.entries(schema)) {
    switch (keyword) {
      case "definitions":
      case "$defs":
        result["$defs"] = ofEach(value, closes);
        break;
      case "properties":
      case "patternProperties":
        result[keyword] = ofEach(value, closes);
        break;
      case "$ref":
        result[keyword] = String(value).replace("#/definitions/", "#/$defs/");
        break;
      case "items":
        if (Array.isArray(value)) {
          result["prefixItems"] = value.map((item) => converted(item, closes));
          if (!("additionalItems" in schema)) result["items"] = true;
        } else result["items"] = converted(value, closes);
        break;
      case "additionalItems":
        result["items"] = converted(value, closes);
        break;
      case "additionalProperties":
      case "not":
        result[keyword] = converted(value, closes);
        break;
      case "anyOf":
      case "oneOf":
        result["anyOf"] = (value as unknown[]).map((branch) => converted(branch, closes));
        break;
      case "allOf":
        result["allOf"] = (value as unknown[]).map((branch) => converted(branch, false));
        break;
      case "$schema":
      case "$id":
        break;
      default:
        result[keyword] = value;
    }
  }
  if (closes && "properties" in result && !("additionalProperties" in result)) result["additionalProperties"] = false;
  return result;
}

function ofEach(schemas: unknown, closes: boolean): Part {
  return Object.fromEntries(Object.entries(schemas as Part).map(([name, part]) => [name, converted(part, closes)]));
}
