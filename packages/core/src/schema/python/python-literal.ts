import type { JsonValue } from "../json-schema.ts";

/** A JSON value as Python writes it. */
export function pythonLiteral(value: JsonValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  // The escapes of JSON mean the same in Python.
  if (typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(", ")}]`;
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${pythonLiteral(member)}`);
  return `{${members.join(", ")}}`;
}

/** Whether `Literal[...]` takes a value: texts, whole numbers, truth values and `None`, but no fractions or collections. */
export function canBeLiteral(value: JsonValue): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value);
  return value === null || typeof value !== "object";
}
