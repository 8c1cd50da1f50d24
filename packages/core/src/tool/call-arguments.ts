import type { JsonSchema, ObjectSchema } from "../schema/json-schema.ts";
import { isVariableName } from "../schema/typescript/reserved-words.ts";

/**
 * How code calls a tool: with one argument per property, or with the input object as its only argument.
 *
 * An object is used where the properties cannot be parameters: names that are no identifiers or are reserved, keys that are not
 * known beforehand, alternatives at the root.
 */
export function callStyle(schema: ObjectSchema): "positional" | "object" {
  if (schema.anyOf || schema.oneOf || schema.allOf || schema.patternProperties || schema.$ref) return "object";
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== false) return "object";
  const names = Object.keys(schema.properties ?? {});
  if (!schema.properties && schema.additionalProperties !== false) return "object";
  return names.every(isVariableName) ? "positional" : "object";
}

/**
 * The input object for a call as code wrote it.
 *
 * Positional arguments are taken in the order of the schema's properties; `undefined` is an argument left out. One
 * object whose keys are all properties, and that has every required one, is the input itself: models like to name
 * their arguments. An empty object is then no arguments at all, unless the first parameter may be an object itself.
 *
 * @returns The input, still to be checked against the schema. Arguments beyond the last property are kept under
 *   their position (`"argument 3"`), so that the check reports them.
 */
export function inputFromArguments(args: readonly unknown[], schema: ObjectSchema): Record<string, unknown> {
  if (callStyle(schema) === "object") return (args[0] ?? {}) as Record<string, unknown>;
  const names = Object.keys(schema.properties ?? {});
  const [only] = args;
  if (args.length === 1 && isNamedArguments(only, schema)) return only;
  const entries = args.map((value, index): [string, unknown] => [names[index] ?? `argument ${index + 1}`, value]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function isNamedArguments(
  value: unknown,
  { properties = {}, required = [] }: ObjectSchema,
): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  if (!keys.every((key) => Object.hasOwn(properties, key))) return false;
  if (!required.every((name) => Object.hasOwn(value, name))) return false;
  const [first = false] = Object.values(properties);
  return keys.length > 0 || !mayBeObject(first);
}

/** Whether an object may be a value of this schema, as far as its type tells. */
function mayBeObject(schema: JsonSchema): boolean {
  if (typeof schema === "boolean") return schema;
  const { type, anyOf, oneOf } = schema;
  if (type !== undefined) return typeof type === "string" ? type === "object" : type.includes("object");
  return (anyOf ?? oneOf)?.some(mayBeObject) ?? true;
}
