import { parseStrictJson } from "../shared/parse-strict-json.ts";

/**
 * Reads the bytes of a file that somebody else wrote as JSON, strictly: besides what `parseStrictJson` refuses, bytes that
 * are not UTF-8, a byte order mark, numbers that are too large for a number, and halves of characters. Other readers
 * refuse these, or make something else of them.
 *
 * @throws Error that says what is wrong, in words that continue a sentence.
 */
export function readJson(bytes: Uint8Array): unknown {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  if (text.startsWith("\uFEFF")) throw new SyntaxError("it begins with a byte order mark");
  const value = parseStrictJson(text);
  checkValue(value);
  return value;
}

function checkValue(value: unknown): void {
  if (typeof value === "string") checkText(value);
  else if (typeof value === "number") checkNumber(value);
  else if (typeof value === "object" && value !== null) {
    if (!Array.isArray(value)) for (const name of Object.keys(value)) checkText(name);
    for (const part of Object.values(value)) checkValue(part);
  }
}

function checkNumber(value: number): void {
  if (!Number.isFinite(value)) throw new RangeError("it holds a number that is too large");
}

function checkText(text: string): void {
  if (/\p{Cs}/u.test(text)) throw new SyntaxError("it holds half of a character, a lone surrogate");
}
