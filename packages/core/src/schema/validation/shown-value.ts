/** A value as a message shows it, shortened where it is long. */
export function shownValue(value: unknown): string {
  if (value === undefined) return "nothing";
  let text: string | undefined;
  try {
    text = typeof value === "bigint" ? `${value}n` : typeof value === "number" ? String(value) : JSON.stringify(value);
  } catch {
    // Cyclic, or with a bigint in it.
  }
  text ??= typeof value === "function" ? "a function" : Object.prototype.toString.call(value);
  return text.length <= 80 ? text : `${text.slice(0, 60)}… (${text.length} characters)`;
}

/** A schema as a message shows it. */
export function shownSchema(schema: unknown): string {
  const text = JSON.stringify(schema);
  return text.length <= 120 ? text : `${text.slice(0, 120)}…`;
}
