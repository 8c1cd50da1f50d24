/** `Array.isArray` for lists that may be read-only: the language's own does not tell those from other objects. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
