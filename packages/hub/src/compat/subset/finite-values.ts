import type { JsonSchemaObject, JsonValue } from "@smoltools/core";
import { typesOf } from "./schema-node.ts";

/** The values of a schema that has only so many. */
export function finiteValues(schema: JsonSchemaObject): readonly JsonValue[] | undefined {
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum) return schema.enum;
  if (schema.type === undefined) return undefined;
  const types = typesOf(schema);
  if (!types.every((type) => type === "null" || type === "boolean")) return undefined;
  return types.flatMap((type): JsonValue[] => (type === "null" ? [null] : [false, true]));
}

/** The values of a union of constants. */
export function constantsOf({ anyOf }: JsonSchemaObject): JsonValue[] | undefined {
  const values = anyOf?.map((branch) => (typeof branch === "object" ? branch.const : undefined));
  return values?.every((value) => value !== undefined) ? values : undefined;
}
