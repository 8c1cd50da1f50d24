import { type JsonSchema, type JsonSchemaObject, typeText } from "@smoltools/core";
import { didYouMean } from "../../cli/line/suggest.ts";
import { UsageError } from "../../cli/errors/usage-error.ts";
import { accepts, alternatives, choicesOf, typeOf } from "./schema-view.ts";

/**
 * The value that a text on the command line stands for, by the schema of its place: a text stays a text where one is
 * wanted, numbers and the rest are read. Where several types are possible, a text is what is left.
 *
 * @param flag - As it was written, for messages.
 * @throws UsageError that says what is wanted.
 */
export function flagValue(flag: string, text: string, schema: JsonSchema, root: JsonSchemaObject): unknown {
  const choices = choicesOf(schema, root);
  if (choices) {
    const chosen = choices.find((choice) => String(choice) === text || JSON.stringify(choice) === text);
    if (chosen !== undefined) return chosen;
    const names = choices.map(String);
    throw new UsageError(
      `${flag} ${text}: it can be ${names.join(", ")}.${didYouMean(text, names)}`.replace(/\.$/, ""),
    );
  }
  const other = asOther(text);
  if (other !== undefined && accepts(schema, typeOf(other.value), root) && !isText(other.value)) return other.value;
  if (accepts(schema, "boolean", root) && /^(?:yes|no)$/i.test(text)) return text.toLowerCase() === "yes";
  if (!accepts(schema, "string", root)) throw new UsageError(`${flag} ${text}: ${wanted(schema, root)}`);
  return asDate(flag, text, schema, root) ?? text;
}

/** A text as the number, boolean, list or object that it is written as. */
function asOther(text: string): { value: unknown } | undefined {
  const plain = text.trim();
  if (/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i.test(plain) && Number.isFinite(Number(plain)))
    return { value: Number(plain) };
  try {
    return { value: JSON.parse(plain) as unknown };
  } catch {
    return undefined;
  }
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** People write a day or a time without its zone; the schema wants the whole of it. */
function asDate(flag: string, text: string, schema: JsonSchema, root: JsonSchemaObject): string | undefined {
  const formats = alternatives(schema, root).map(({ format }) => format);
  if (formats.every((format) => format === "date-time")) {
    const date = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d|$)/i.test(text) ? new Date(text.replace(" ", "T")) : undefined;
    if (date && !Number.isNaN(date.getTime())) return date.toISOString();
    throw new UsageError(`${flag} ${text}: write a day or a time, such as 2026-11-21 or 2026-11-21T18:30Z`);
  }
  if (formats.every((format) => format === "date")) {
    const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text) : undefined;
    // A day that the month does not have becomes one of the next month.
    if (date && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)) return text;
    throw new UsageError(`${flag} ${text}: write a day, such as 2026-11-21`);
  }
  return undefined;
}

/** What is wanted at a place, as a sentence without its end. */
export function wanted(schema: JsonSchema, root: JsonSchemaObject): string {
  const types = [...new Set(alternatives(schema, root).map(({ type }) => type))];
  const [only] = types;
  if (types.length === 1 && only === "integer") return "write a whole number";
  if (types.length === 1 && only === "number") return "write a number";
  if (types.length === 1 && only === "boolean") return "write true or false";
  const { $defs, definitions } = root;
  const whole =
    typeof schema === "object" ? { ...schema, ...($defs && { $defs }), ...(definitions && { definitions }) } : schema;
  return `write ${typeText(whole, { bare: true })} as JSON`;
}
