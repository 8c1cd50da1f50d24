import { valueText } from "../report/value-text.ts";

/** Longest text of what is no JSON, in characters. */
const maxCharacters = 20_000;

/** Any value as a text for a model: JSON where it can be, else something readable that has an end. */
export function jsonText(value: unknown): string {
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
