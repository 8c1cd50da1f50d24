import { itemSchemas } from "../item-schemas.ts";
import type { JsonSchema } from "../json-schema.ts";

/** Constraint keywords in the order in which they are printed. */
const constraintKeywords = [
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "pattern",
  "format",
] as const;

/**
 * What a reader is told of a value: description, constraints, default, on one line without line breaks.
 *
 * @returns An empty text when there is nothing to tell.
 */
export function docText(schema: JsonSchema): string {
  if (typeof schema === "boolean") return "";
  const words: string[] = [];
  if (typeof schema.description === "string") words.push(oneLine(schema.description));
  // An integer and a number look alike in TypeScript.
  if (schema.type === "integer") words.push("@integer");
  for (const keyword of constraintKeywords) {
    // The length of a tuple is in its type already.
    if (itemSchemas(schema).prefix.length > 0 && (keyword === "minItems" || keyword === "maxItems")) continue;
    if (schema[keyword] !== undefined) words.push(`@${keyword} ${oneLine(String(schema[keyword]))}`);
  }
  if (schema.default !== undefined) words.push(`@default ${oneLine(JSON.stringify(schema.default))}`);
  if (schema.deprecated) words.push("@deprecated");
  return words.filter((word) => word !== "").join(" ");
}

/** A text that cannot leave the comment it stands in, neither a line comment nor a block comment. */
export function oneLine(text: string): string {
  return text
    .replace(/[\s\u0085\u2028\u2029]+/g, " ")
    .replaceAll("*/", "*\\/")
    .trim();
}
