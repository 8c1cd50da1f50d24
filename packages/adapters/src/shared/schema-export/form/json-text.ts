import { type JsonSchema, typeText } from "@smoltools/core";
import { parseJson } from "../../json-access.ts";
import { isAnything } from "../shape/keywords.ts";
import type { Form } from "./form.ts";

/** Longer types are cut: a description is no place for a manual. */
const maxTypeLength = 1000;

/**
 * A text that holds JSON: for what a dialect has no form for. Text that is not JSON, and values that are not text, stay
 * as they are.
 */
export function jsonTextForm(schema: JsonSchema): Form {
  return { schema: { type: "string", description: `(${whatIsWanted(schema)})` }, decode: decodeJsonText, kind: "json" };
}

/** The value that a text holds. */
export function decodeJsonText(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const parsed = parseJson(value);
  return parsed === undefined ? value : parsed;
}

function whatIsWanted(schema: JsonSchema): string {
  if (isAnything(schema)) return "any JSON value, as JSON text";
  const type = typeText(schema, { bare: true });
  const isFree = type === "{ [key: string]: unknown }" || type === "{}";
  const wanted = isFree ? "a JSON object, as JSON text" : `JSON text of the type ${type}`;
  const patterns = typeof schema === "object" ? Object.entries(schema.patternProperties ?? {}) : [];
  const keys = patterns.map(([pattern, inner]) => `, keys like ${pattern}: ${typeText(inner, { bare: true })}`);
  return shortened(`${wanted}${keys.join("")}`);
}

function shortened(text: string): string {
  return text.length > maxTypeLength ? `${text.slice(0, maxTypeLength)}…` : text;
}
