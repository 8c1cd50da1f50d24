import type { JsonSchema, ObjectSchema } from "../schema/json-schema.ts";

/**
 * The input without the `null`s that stand for arguments left out.
 *
 * Python has no `undefined`: code that has nothing to say writes `limit=None`. Where a property is optional and its
 * schema takes no `null`, that can mean nothing else. Every other `null` stays, to be taken or refused by the schema.
 */
export function leftOutNulls(input: Record<string, unknown>, schema: ObjectSchema): Record<string, unknown> {
  const { properties = {}, required = [] } = schema;
  const means = (name: string, value: unknown): boolean => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return value !== null || property === undefined || required.includes(name) || mayBeNull(property);
  };
  const entries = Object.entries(input);
  return entries.every(([name, value]) => means(name, value))
    ? input
    : Object.fromEntries(entries.filter(([name, value]) => means(name, value)));
}

/** Whether `null` may be a value of this schema, as far as can be told without following references. */
function mayBeNull(schema: JsonSchema): boolean {
  if (typeof schema === "boolean") return schema;
  const { type, enum: values, anyOf, oneOf } = schema;
  if (type !== undefined && !(typeof type === "string" ? type === "null" : type.includes("null"))) return false;
  if (values && !values.includes(null)) return false;
  if ("const" in schema && schema.const !== null) return false;
  return (anyOf ?? oneOf)?.some(mayBeNull) ?? true;
}
