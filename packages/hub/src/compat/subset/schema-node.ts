import { canonicalJson, type JsonSchema, type JsonSchemaObject, type JsonSchemaTypeName } from "@smoltools/core";

/** Keywords that say nothing about which values are valid, here: `default` and `x-ts` are judged by rules of their own. */
const annotations: ReadonlySet<string> = new Set([
  "$schema",
  "$id",
  "$anchor",
  "$comment",
  "$defs",
  "definitions",
  "title",
  "description",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "contentMediaType",
  "x-ts",
  "x-open",
]);

/** The types of JSON, each value having one of them. An integer is a number. */
const jsonTypes: readonly JsonSchemaTypeName[] = ["null", "boolean", "number", "string", "array", "object"];

/** A schema as an object: `true` accepts everything, `false` nothing. */
export function asObject(schema: JsonSchema): JsonSchemaObject {
  if (typeof schema === "object") return schema;
  return schema ? {} : { not: {} };
}

/** The keywords that constrain values. */
export function constraints(schema: JsonSchemaObject): string[] {
  return Object.keys(schema).filter((keyword) => !annotations.has(keyword));
}

/** True when it plainly accepts everything. */
export function acceptsAll(schema: JsonSchema): boolean {
  return schema === true || (typeof schema === "object" && constraints(schema).length === 0);
}

/** True when it plainly accepts nothing. What is empty for a deeper reason is not noticed, which is safe. */
export function acceptsNothing(schema: JsonSchema): boolean {
  if (typeof schema === "boolean") return !schema;
  if (schema.enum?.length === 0) return true;
  return schema.not !== undefined && acceptsAll(schema.not);
}

/** The types that a schema allows by its `type` alone. */
export function typesOf({ type }: JsonSchemaObject): readonly JsonSchemaTypeName[] {
  if (type === undefined) return jsonTypes;
  const listed = typeof type === "string" ? [type] : type;
  // Where both are allowed, integers are no type of their own.
  return listed.includes("number") ? listed.filter((name) => name !== "integer") : listed;
}

/** The same schema without some of its keywords. */
export function without(schema: JsonSchemaObject, ...keywords: (keyof JsonSchemaObject)[]): JsonSchemaObject {
  const rest = { ...schema };
  for (const keyword of keywords) delete rest[keyword];
  return rest;
}

/** The text of a schema without what only describes it, at its top. */
export function meaningText(schema: JsonSchema): string {
  if (typeof schema === "boolean") return String(schema);
  return canonicalJson(
    Object.fromEntries(constraints(schema).map((keyword) => [keyword, Reflect.get(schema, keyword)])),
  );
}
