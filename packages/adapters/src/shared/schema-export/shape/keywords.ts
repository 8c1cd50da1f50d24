import type { JsonSchema, JsonSchemaObject, JsonSchemaTypeName } from "@smoltools/core";

/** Keywords that say something about a schema and nothing about its values. */
const annotations: ReadonlySet<string> = new Set(
  "$schema $id $anchor $comment $defs definitions title description default examples deprecated readOnly writeOnly".split(
    " ",
  ),
);

/** Keywords that limit values without saying what they are made of, by the types that they limit. */
const limits: Readonly<Record<string, readonly JsonSchemaTypeName[]>> = {
  minimum: ["number", "integer"],
  maximum: ["number", "integer"],
  exclusiveMinimum: ["number", "integer"],
  exclusiveMaximum: ["number", "integer"],
  multipleOf: ["number", "integer"],
  minLength: ["string"],
  maxLength: ["string"],
  pattern: ["string"],
  format: ["string"],
  contentEncoding: ["string"],
  contentMediaType: ["string"],
  minItems: ["array"],
  maxItems: ["array"],
  uniqueItems: ["array"],
  contains: ["array"],
  minContains: ["array"],
  maxContains: ["array"],
  unevaluatedItems: ["array"],
  minProperties: ["object"],
  maxProperties: ["object"],
  propertyNames: ["object"],
  dependentRequired: ["object"],
  dependentSchemas: ["object"],
  dependencies: ["object"],
  unevaluatedProperties: ["object"],
};

/** Limits on values of every type. */
const generalLimits: ReadonlySet<string> = new Set(["not", "if", "then", "else"]);

/** Keywords that say what values are made of, by the type that they are about. */
const structure: Readonly<Record<string, JsonSchemaTypeName>> = {
  properties: "object",
  patternProperties: "object",
  additionalProperties: "object",
  required: "object",
  items: "array",
  prefixItems: "array",
  additionalItems: "array",
};

/** True for keywords that say nothing about values. Unknown ones, such as `x-ts`, say nothing either. */
export function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword) || !(isLimit(keyword) || Object.hasOwn(structure, keyword) || isKey(keyword));
}

/** True for keywords that limit values without saying what they are made of. */
export function isLimit(keyword: string): boolean {
  return Object.hasOwn(limits, keyword) || generalLimits.has(keyword);
}

function isKey(keyword: string): boolean {
  return ["type", "enum", "const", "$ref", "allOf", "anyOf", "oneOf"].includes(keyword);
}

/** True when any value fits. */
export function isAnything(schema: JsonSchema): boolean {
  return typeof schema === "boolean" ? schema : Object.keys(schema).every(isAnnotation);
}

/** The keywords of a schema that say nothing about its values. */
export function annotationsOf(schema: JsonSchemaObject): JsonSchemaObject {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => isAnnotation(keyword)));
}

/** The keywords of a schema that say something about its values. */
export function assertionsOf(schema: JsonSchemaObject): JsonSchemaObject {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !isAnnotation(keyword)));
}

/** The keywords that matter for one of several types. */
export function keywordsFor(schema: JsonSchemaObject, type: JsonSchemaTypeName): JsonSchemaObject {
  const matters = (keyword: string): boolean =>
    limits[keyword]?.includes(type) ?? (Object.hasOwn(structure, keyword) ? structure[keyword] === type : true);
  const entries = Object.entries(schema).filter(([keyword]) => matters(keyword));
  return { ...Object.fromEntries(entries), type };
}

/** The types of the values that a schema describes where it does not name them: schemas in the wild often do not. */
export function impliedType(schema: JsonSchemaObject): JsonSchemaTypeName | undefined {
  for (const keyword of Object.keys(schema)) {
    const type = structure[keyword] ?? limits[keyword]?.[0];
    if (type !== undefined) return type;
  }
  return undefined;
}
