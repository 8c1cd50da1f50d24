import { itemSchemas } from "../item-schemas.ts";
import type { JsonSchema, JsonSchemaObject } from "../json-schema.ts";
import { canBeLiteral, pythonLiteral } from "./python-literal.ts";

/** How constraints are said, in the order in which they are. */
const constraints = {
  minimum: (value) => `>= ${value}`,
  exclusiveMinimum: (value) => `> ${value}`,
  maximum: (value) => `<= ${value}`,
  exclusiveMaximum: (value) => `< ${value}`,
  multipleOf: (value) => `a multiple of ${value}`,
  minLength: (value) => `at least ${counted(value, "character")}`,
  maxLength: (value) => `at most ${counted(value, "character")}`,
  minItems: (value) => `at least ${counted(value, "item")}`,
  maxItems: (value) => `at most ${counted(value, "item")}`,
  pattern: (value) => `matches ${value}`,
  format: (value) => value,
} satisfies Partial<Record<keyof JsonSchemaObject, (value: string) => string>>;

const constraintKeywords = Object.keys(constraints) as (keyof typeof constraints)[];

/**
 * What a reader of Python is told of a value: description and constraints, on one line.
 *
 * @param showDefault - Leave it out where the default stands in the code.
 * @returns An empty text when there is nothing to tell.
 */
export function pythonDocText(schema: JsonSchema, showDefault: boolean): string {
  if (typeof schema === "boolean") return "";
  const description = typeof schema.description === "string" ? pythonLine(schema.description) : "";
  const isTuple = itemSchemas(schema).prefix.length > 0;
  const said = constraintKeywords
    // The length of a tuple is in its type already.
    .filter((keyword) => schema[keyword] !== undefined && !(isTuple && keyword.endsWith("Items")))
    .map((keyword) => constraints[keyword](String(schema[keyword])));
  const values = schema.const !== undefined ? [schema.const] : (schema.enum ?? []);
  if (!values.every(canBeLiteral)) said.push(`one of ${values.map(pythonLiteral).join(", ")}`);
  // A default of null says that the value may be left out, and that is said already.
  const { default: initial = null } = schema;
  if (showDefault && initial !== null) said.push(`default ${pythonLiteral(initial)}`);
  if (schema.deprecated) said.push("deprecated");
  const notes = said.length > 0 ? `(${pythonLine(said.join(", "))})` : "";
  return [description, notes].filter((part) => part !== "").join(" ");
}

function counted(count: string, noun: string): string {
  return `${count} ${noun}${count === "1" ? "" : "s"}`;
}

/** A text on one line, which cannot leave the comment it stands in. Python takes no NUL anywhere. */
export function pythonLine(text: string): string {
  return text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, " ").trim();
}

/** What stands in front of the lines of a body. */
export const bodyIndent = "    ";

/** A text as the docstring of a body. Its line breaks are `\n`. */
export function pythonDocstring(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll('"""', '\\"\\"\\"')
    .replace(/\n(?=[^\n])/g, `\n${bodyIndent}`);
  const end = text.includes("\n") || text.endsWith('"') ? `\n${bodyIndent}` : "";
  return `${bodyIndent}"""${escaped}${end}"""`;
}
