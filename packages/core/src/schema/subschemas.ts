import { pointerStep } from "./json-pointer.ts";
import type { JsonSchema, JsonSchemaObject } from "./json-schema.ts";

/** Where a keyword holds its schemas, and whether they are about the same value as the schema around them. */
interface SchemaKeyword {
  holds: "one" | "list" | "map";
  isInPlace: boolean;
}

const table: readonly [SchemaKeyword["holds"], "in place" | "inside", string][] = [
  ["one", "in place", "not if then else"],
  ["list", "in place", "allOf anyOf oneOf"],
  ["map", "in place", "dependentSchemas dependencies"],
  ["one", "inside", "items additionalItems contains unevaluatedItems"],
  ["one", "inside", "additionalProperties unevaluatedProperties propertyNames"],
  ["list", "inside", "prefixItems items"],
  ["map", "inside", "properties patternProperties $defs definitions"],
];

const keywords: readonly [string, SchemaKeyword][] = table.flatMap(([holds, place, names]) =>
  names.split(" ").map((name): [string, SchemaKeyword] => [name, { holds, isInPlace: place === "in place" }]),
);

/** A schema in a schema. */
export interface Subschema {
  schema: JsonSchema;
  /** JSON Pointer from the schema around it. */
  pointer: string;
  /** It is about the same value, not about a part of it. */
  isInPlace: boolean;
}

/** The schemas that stand directly in a schema. */
export function subschemas(schema: JsonSchemaObject): Subschema[] {
  const found: Subschema[] = [];
  const add = (candidate: unknown, pointer: string, isInPlace: boolean) => {
    if (isSchema(candidate)) found.push({ schema: candidate, pointer, isInPlace });
  };
  for (const [keyword, { holds, isInPlace }] of keywords) {
    if (!Object.hasOwn(schema, keyword)) continue;
    const value = (schema as Record<string, unknown>)[keyword];
    const at = pointerStep(keyword);
    if (holds === "one") add(value, at, isInPlace);
    else if (typeof value === "object" && value !== null && (holds === "list") === Array.isArray(value)) {
      for (const [key, part] of Object.entries(value)) add(part, `${at}${pointerStep(key)}`, isInPlace);
    }
  }
  return found;
}

/** Tells whether a value can stand where a schema is wanted. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "boolean" || (typeof value === "object" && value !== null && !Array.isArray(value));
}
