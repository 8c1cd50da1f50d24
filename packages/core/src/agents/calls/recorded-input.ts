import { isMediaRef } from "../../media/media-ref.ts";
import { valueText } from "../report/value-text.ts";

/** Longest input that is written down as it is, in characters of its JSON, about. */
const maxCharacters = 64 * 1024;
/** How much is shown of a longer one, in characters. */
const shownCharacters = 2000;

/**
 * What the record of a call keeps of its input: all of it, or the beginning of a very long one. A memory would hold on to
 * everything that code ever passed to a tool, and be too large to store.
 */
export function recordedInput(input: unknown): unknown {
  const characters = roughLength(input);
  return characters <= maxCharacters ? input : { "(cut)": valueText(input, shownCharacters), characters };
}

/** The length of the JSON of a value, about, without making it. */
function roughLength(input: unknown): number {
  const seen = new Set<object>();
  const rest = [input];
  let length = 0;
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === "string") length += value.length + 2;
    else if (typeof value !== "object" || value === null)
      length += typeof value === "bigint" ? 16 : String(value).length;
    else if (!seen.has(value)) {
      seen.add(value);
      length += ownLength(value, rest);
    }
  }
  return length;
}

/** @param rest - Gets the parts, which are still to be counted. */
function ownLength(value: object, rest: unknown[]): number {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
  // The conversation keeps its media anyway.
  if (isMediaRef(value)) return 0;
  let length = 2;
  if (Array.isArray(value) || value instanceof Set || value instanceof Map) {
    for (const part of value as Iterable<unknown>) {
      rest.push(part);
      length += 1;
    }
    return length;
  }
  for (const [key, part] of Object.entries(value)) {
    rest.push(part);
    length += key.length + 4;
  }
  return length;
}
