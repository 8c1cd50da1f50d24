/** Values looked at in one variable; what is beyond is `any`. */
const maxValues = 1000;
/** Elements of an array from which its type is told. */
const maxElements = 100;
const maxDepth = 8;
/** Kinds of elements in one array beyond which its type says nothing of use. */
const maxKinds = 8;

/**
 * The type of a JSON value, as TypeScript text.
 *
 * It says no more than the value shows: `null`, empty arrays and objects, and what is too large to look at become `any`.
 * The result is one line.
 */
export function variableType(value: unknown): string {
  let left = maxValues;
  const typeOf = (value: unknown, depth: number): string => {
    left -= 1;
    if (left < 0 || depth > maxDepth) return "any";
    switch (typeof value) {
      case "string":
        return "string";
      case "number":
        return "number";
      case "boolean":
        return "boolean";
      case "object":
        if (value === null) return "any";
        return Array.isArray(value) ? arrayType(value, depth) : objectType(value, depth);
      default:
        return "any";
    }
  };
  const arrayType = (values: readonly unknown[], depth: number): string => {
    if (values.length === 0 || values.length > maxElements) return "any[]";
    const kinds = new Set(values.map((value) => typeOf(value, depth + 1)));
    if (kinds.size > maxKinds || kinds.has("any")) return "any[]";
    return `(${[...kinds].join(" | ")})[]`;
  };
  const objectType = (value: object, depth: number): string => {
    const entries = Object.entries(value);
    if (entries.length === 0 || Object.hasOwn(value, "toJSON")) return "any";
    return `{ ${entries.map(([key, member]) => `${propertyKey(key)}: ${typeOf(member, depth + 1)}`).join("; ")} }`;
  };
  return typeOf(value, 0);
}

/** A key as it stands in an object type. */
export function propertyKey(key: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(key)) return key;
  return JSON.stringify(key).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
