import type { JsonValue } from "./json-schema.ts";

/**
 * One text for one JSON value: object keys sorted by UTF-16 code unit, no white space.
 *
 * Follows RFC 8785 (JSON Canonicalization Scheme), whose number and string forms are those of `JSON.stringify`.
 * Keys whose value is `undefined` are left out, as `JSON.stringify` does.
 *
 * @param value - A value made of JSON types only.
 * @throws TypeError for values that JSON cannot hold: functions, symbols, bigints, NaN and infinities.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`canonicalJson: ${value} is not a JSON number`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (typeof value === "object") {
    const fields = value as Record<string, unknown>;
    const members: string[] = [];
    for (const key of Object.keys(fields).sort()) {
      if (fields[key] !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(fields[key])}`);
    }
    return `{${members.join(",")}}`;
  }
  throw new TypeError(`canonicalJson: a ${typeof value} is not a JSON value`);
}

/** True when two JSON values are the same, whatever the order of their keys. */
export function jsonEqual(a: JsonValue, b: JsonValue): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
