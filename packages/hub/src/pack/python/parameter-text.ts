import { type JsonSchema, typeText } from "@smoltools/core";

const mostValues = 50;
const longestType = 1000;

const limits = [
  ["minimum", "at least"],
  ["exclusiveMinimum", "more than"],
  ["maximum", "at most"],
  ["exclusiveMaximum", "less than"],
  ["multipleOf", "a multiple of"],
  ["minLength", "at least this many characters:"],
  ["maxLength", "at most this many characters:"],
  ["minItems", "at least this many items:"],
  ["maxItems", "at most this many items:"],
  ["format", "format"],
  ["pattern", "matches"],
] as const;

/**
 * What a reader is told of a parameter: its description, and of its schema what the type alone does not say.
 *
 * @param isStructure - Its form is worth telling: a list, or an object.
 */
export function parameterText(name: string, schema: JsonSchema, isStructure: boolean): string {
  if (typeof schema === "boolean") return `The argument ${name}.`;
  const { description, title, enum: values, const: only, default: standard } = schema;
  const facts = limits.flatMap(([keyword, words]) => {
    const value = schema[keyword];
    return value === undefined ? [] : [`${words} ${String(value)}`];
  });
  const listed = values ?? (only === undefined ? undefined : [only]);
  const form = isStructure ? typeText(schema, { bare: true, refName: () => undefined }) : "unknown";
  return [
    sentence(description ?? title ?? `The argument ${name}`),
    listed && listed.length <= mostValues ? `One of: ${listed.map((value) => JSON.stringify(value)).join(", ")}.` : "",
    form !== "unknown" && form.length <= longestType ? `Its form in TypeScript: ${form}.` : "",
    facts.length > 0 ? sentence(`It is ${facts.join(", ")}`) : "",
    standard === undefined ? "" : `Default: ${JSON.stringify(standard)}.`,
  ]
    .filter((text) => text !== "")
    .join(" ");
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === "" || /[.!?:)]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
