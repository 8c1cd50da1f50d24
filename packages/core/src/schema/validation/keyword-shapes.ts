import type { JsonSchemaObject } from "../json-schema.ts";
import { isSchema } from "../subschemas.ts";

const typeNames = new Set(["string", "number", "integer", "boolean", "null", "array", "object"]);

const isText = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown) => Number.isFinite(value);
const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const isMapOf = (holds: (member: unknown) => boolean) => (value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(holds);
const isSchemas = (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(isSchema);

const shapes: readonly [names: string, shape: string, holds: (value: unknown) => boolean][] = [
  ["$ref $id $anchor pattern format", "a text", isText],
  ["minimum maximum exclusiveMinimum exclusiveMaximum", "a number", isNumber],
  ["multipleOf", "a number over 0", (value) => isNumber(value) && Number(value) > 0],
  [
    "minLength maxLength minItems maxItems minContains maxContains minProperties maxProperties",
    "a whole number of at least 0",
    isCount,
  ],
  ["uniqueItems", "true or false", (value) => typeof value === "boolean"],
  ["enum", "a list of values", Array.isArray],
  ["required", "a list of keys", isTexts],
  [
    "type",
    "the name of a type, or a list of them",
    (value) => [value].flat().every((name) => typeNames.has(String(name))),
  ],
  ["allOf anyOf oneOf", "a list of schemas, not empty", isSchemas],
  ["prefixItems", "a list of schemas", (value) => Array.isArray(value) && value.every(isSchema)],
  [
    "items",
    "a schema, or a list of them",
    (value) => isSchema(value) || (Array.isArray(value) && value.every(isSchema)),
  ],
  [
    "not if then else contains additionalItems unevaluatedItems additionalProperties unevaluatedProperties propertyNames",
    "a schema",
    isSchema,
  ],
  ["$defs definitions properties patternProperties dependentSchemas", "an object of schemas", isMapOf(isSchema)],
  ["dependentRequired", "an object of lists of keys", isMapOf(isTexts)],
  ["dependencies", "an object of schemas or lists of keys", isMapOf((member) => isSchema(member) || isTexts(member))],
];

const byKeyword: ReadonlyMap<string, readonly [string, (value: unknown) => boolean]> = new Map(
  shapes.flatMap(([names, shape, holds]) => names.split(" ").map((name) => [name, [shape, holds] as const] as const)),
);

/**
 * Says which keyword of a schema has a value that it cannot have.
 *
 * @returns `undefined` when all are well; the schemas inside are not looked at.
 */
export function shapeProblem(schema: JsonSchemaObject): string | undefined {
  for (const [keyword, value] of Object.entries(schema)) {
    const [shape, holds] = byKeyword.get(keyword) ?? [];
    if (holds && !holds(value)) return `${keyword} must be ${shape}`;
  }
  return undefined;
}
