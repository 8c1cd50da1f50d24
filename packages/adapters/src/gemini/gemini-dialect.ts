import type { Dialect } from "../shared/schema-export/dialect.ts";

const kept = new Set("minimum maximum minItems maxItems".split(" "));
const formats = new Set("date-time date time".split(" "));

/**
 * The part of JSON Schema that Gemini reads.
 *
 * It knows references in a circle through optional properties only, and follows them a few times: here they are text.
 */
export const geminiDialect: Dialect = {
  keeps: (keyword, value) =>
    keyword === "format" ? typeof value === "string" && formats.has(value) : kept.has(keyword),
  optional: "absent",
  records: "native",
  tuples: "native",
  anything: "native",
  recursion: "text",
  other: "text",
  literals: "texts and numbers",
  refSiblings: false,
  propertyName: /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
};
