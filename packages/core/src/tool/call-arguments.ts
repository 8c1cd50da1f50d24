import type { ObjectSchema } from "../schema/json-schema.ts";
import { isVariableName } from "../schema/reserved-words.ts";

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
 * their arguments.
 *
 * @returns The input, still to be checked against the schema. Arguments beyond the last property are kept under
 *   their position (`"argument 3"`), so that the check reports them.
 */
export function inputFromArguments(args: readonly unknown[], schema: ObjectSchema): Record<string, unknown> {
  if (callStyle(schema) === "object") return (args[0] ?? {}) as Record<string, unknown>;
  const names = Object.keys(schema.properties ?? {});
  const [only] = args;
  if (args.length === 1 && isNamedArguments(only, names, schema.required ?? [])) return only;
  const entries = args.map((value, index): [string, unknown] => [names[index] ?? `argument ${index + 1}`, value]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function isNamedArguments(
  value: unknown,
  names: readonly string[],
  required: readonly string[],
): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  if (keys.length === 0 || !keys.every((key) => names.includes(key))) return false;
  return required.every((name) => Object.hasOwn(value, name));
}
