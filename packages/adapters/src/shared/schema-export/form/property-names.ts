import type { JsonSchemaObject } from "@smoltools/core";

/** Most characters of a property's name at the providers that limit them. */
const maxLength = 64;

/**
 * What properties are called where a provider allows only some names: their own name where it is allowed, else one
 * made of it. No two get the same.
 *
 * @param allowed - Absent: every name is.
 */
export function exportedNames(names: readonly string[], allowed: RegExp | undefined): Map<string, string> {
  const isAllowed = (name: string): boolean => allowed?.test(name) ?? true;
  const taken = new Set(names.filter(isAllowed));
  const chosen = new Map<string, string>();
  for (const name of names) {
    let candidate = name;
    if (!isAllowed(name)) {
      const safe = name.replace(/[^A-Za-z0-9_]/gu, "_").replace(/^(?=[0-9]|$)/, "_");
      candidate = safe.slice(0, maxLength);
      for (let count = 2; taken.has(candidate); count++) {
        candidate = `${safe.slice(0, maxLength - String(count).length - 1)}_${count}`;
      }
      taken.add(candidate);
    }
    chosen.set(name, candidate);
  }
  return chosen;
}

/** A schema that tells what its property is really called. */
export function withOriginalName(schema: JsonSchemaObject, name: string): JsonSchemaObject {
  const note = `(named ${JSON.stringify(name)})`;
  const { $ref, ...rest } = schema;
  const described = schema.description === undefined ? note : `${schema.description} ${note}`;
  return $ref === undefined
    ? { ...schema, description: described }
    : { ...rest, anyOf: [{ $ref }], description: described };
}
