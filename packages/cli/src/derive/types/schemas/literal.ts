import type { JsonSchemaObject, JsonSchemaTypeName } from "@smoltools/core";

/** The schema of some literal values, at least one. The type is said as well: Gemini and strict modes want it. */
export function literalSchema(values: readonly (string | number | boolean | null)[]): JsonSchemaObject {
  const types = [...new Set(values.map(typeName))];
  const [only] = types;
  const type = types.length === 1 && only !== undefined ? only : types;
  const [value] = values;
  return values.length === 1 && value !== undefined ? { type, const: value } : { type, enum: [...values] };
}

function typeName(value: string | number | boolean | null): JsonSchemaTypeName {
  if (value === null) return "null";
  if (typeof value === "string") return "string";
  return typeof value === "number" ? "number" : "boolean";
}
