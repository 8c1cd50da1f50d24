import { errorMessage } from "../../errors/error-message.ts";
import { isMediaRef } from "../../media/media-ref.ts";
import { headOf } from "../../messages/cut-text.ts";

/** Longest text of one value, in characters: enough to see what it is. */
const maxCharacters = 200;

/** What the task says of the additional arguments: their names, and what they look like. */
export function argsNotes(introduction: string, args: Readonly<Record<string, unknown>>): string[] {
  const lines = Object.entries(args).map(([name, value]) => `- ${name}: ${preview(value)}`);
  return lines.length === 0 ? [] : [`${introduction}\n${lines.join("\n")}`];
}

function preview(value: unknown): string {
  if (value instanceof Uint8Array) return `(${value.byteLength} bytes)`;
  const text = isMediaRef(value) ? `(${value.kind}, ${value.mediaType})` : jsonOf(value);
  return text.length <= maxCharacters ? text : `${headOf(text, maxCharacters)}… (${text.length} characters)`;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch (error) {
    return `(no JSON: ${errorMessage(error)})`;
  }
}
