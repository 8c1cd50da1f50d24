/**
 * The arguments of a call, with stored values in the place of their names: a model that calls tools has no variables.
 *
 * Only arguments that are a name as a whole are replaced, not texts that contain one.
 */
export function withNamedValues(input: unknown, valueOf: (name: string) => unknown): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  const entries = Object.entries(input).map(([key, value]): [string, unknown] => [key, namedValue(value, valueOf)]);
  return Object.fromEntries(entries);
}

function namedValue(value: unknown, valueOf: (name: string) => unknown): unknown {
  if (typeof value !== "string") return value;
  const stored = valueOf(value);
  return stored === undefined ? value : stored;
}
