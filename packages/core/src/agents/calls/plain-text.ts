import { valueText } from "../report/value-text.ts";

/** Longest text of what is no JSON, in characters. */
const maxCharacters = 20_000;

/** Any value as a model reads it: a text as it is, JSON where there is such a form, else something that has an end. */
export function plainText(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    const text: string | undefined = JSON.stringify(value, (_, part: unknown) =>
      typeof part === "bigint" ? String(part) : part,
    );
    if (text !== undefined) return text;
  } catch {
    // It contains itself, is too deep, or has a getter that throws.
  }
  return valueText(value, maxCharacters);
}
