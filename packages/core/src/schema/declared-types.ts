import type { JsonSchemaObject, JsonSchemaTypeName } from "./json-schema.ts";

/** The types that a schema names. Schemas in the wild leave `type` out where `properties` or `items` say it. */
export function declaredTypes(schema: JsonSchemaObject): readonly JsonSchemaTypeName[] {
  if (schema.type !== undefined) return [schema.type].flat();
  if (schema.properties || schema.additionalProperties !== undefined) return ["object"];
  return schema.items !== undefined || schema.prefixItems ? ["array"] : [];
}

/** Tells whether a schema says by `not` that no value fits. */
export function allowsNothing({ not }: JsonSchemaObject): boolean {
  return not === true || (typeof not === "object" && Object.keys(not).length === 0);
}
