import type { Attributes } from "@opentelemetry/api";

/** Longest text of an attribute, in characters: with 128 attributes a span stays below what collectors take. */
const maxLength = 16_000;
/** Most characters and values that are looked at for one attribute: more than are kept. */
const maxLooked = 4 * maxLength;

/** What goes in and out, as attributes: bounded, and nothing at all where content is not to be captured. */
export class Content {
  readonly isCaptured: boolean;

  constructor(isCaptured: boolean) {
    this.isCaptured = isCaptured;
  }

  /** The attributes that hold content; none where it is not captured. */
  attributes(make: () => Attributes): Attributes {
    return this.isCaptured ? make() : {};
  }

  /** `input.value` or `output.value` with its media type: a text as it is, everything else as JSON. */
  value(direction: "input" | "output", value: unknown): Attributes {
    if (value === undefined) return {};
    return this.attributes(() => {
      const isText = typeof value === "string";
      const text = isText ? value : boundedJson(value);
      const type = isText || text.length > maxLength ? "text/plain" : "application/json";
      return { [`${direction}.value`]: cut(text), [`${direction}.mime_type`]: type };
    });
  }
}

/** The beginning of a long text, and how much is missing. */
export function cut(text: string): string {
  if (text.length <= maxLength) return text;
  // Not between the halves of a surrogate pair.
  const kept = text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, "");
  return `${kept}… (${text.length - kept.length} characters left out)`;
}

/** A value as JSON; what has no JSON form is named. Never throws. */
export function boundedJson(value: unknown): string {
  let left = maxLooked;
  try {
    const text = JSON.stringify(value, function (this: Record<string, unknown>, key: string, inner: unknown) {
      left -= typeof inner === "string" ? 1 + Math.min(inner.length, maxLength) : 1;
      if (left < 0) return undefined;
      // Before its own `toJSON`, a Buffer is bytes.
      const own = this[key];
      return jsonForm(ArrayBuffer.isView(own) ? own : inner);
    });
    return text ?? String(value);
  } catch {
    // It contains itself, or a getter throws.
    return JSON.stringify("(a value that has no JSON form)");
  }
}

function jsonForm(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "string") return cut(value);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `(${value.byteLength} bytes)`;
  if (value instanceof Map || value instanceof Set) return [...value].slice(0, maxLooked);
  return Array.isArray(value) ? value.slice(0, maxLooked) : value;
}
