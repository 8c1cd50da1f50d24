import type { JsonSchemaObject } from "@smoltools/core";
import { isRecord } from "../../shared/json-access.ts";

/** Keywords whose value is data, whatever it looks like. */
const data = new Set(["const", "default", "enum", "examples", "required", "dependentRequired"]);

/** Keywords whose value is an object of schemas: its keys are names. */
const maps = new Set(["$defs", "definitions", "properties", "patternProperties", "dependentSchemas", "dependencies"]);

/** The schema with every `$ref` in it changed. */
export function mapRefs(schema: JsonSchemaObject, change: (ref: string) => string): JsonSchemaObject {
  return mapKeywords(schema, change);
}

function mapKeywords(schema: object, change: (ref: string) => string): object {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]: [string, unknown]) => {
      if (keyword === "$ref" && typeof value === "string") return [keyword, change(value)];
      if (data.has(keyword)) return [keyword, value];
      if (maps.has(keyword) && isRecord(value)) {
        return [
          keyword,
          Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapAny(inner, change)])),
        ];
      }
      return [keyword, mapAny(value, change)];
    }),
  );
}

function mapAny(value: unknown, change: (ref: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => mapAny(item, change));
  return isRecord(value) ? mapKeywords(value, change) : value;
}
