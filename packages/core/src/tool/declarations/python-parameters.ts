import type { JsonSchema, JsonValue, ObjectSchema } from "../../schema/json-schema.ts";
import { pythonDocText } from "../../schema/python/python-doc-text.ts";
import { pythonLiteral } from "../../schema/python/python-literal.ts";
import { isPythonName } from "../../schema/python/python-words.ts";
import { callStyle } from "../call-arguments.ts";

/** A parameter as a declaration of Python prints it. */
export interface PythonParameter {
  name: string;
  type: string;
  /** What stands behind `=`; absent when an argument is required. */
  initial: string | undefined;
  /** What is said of it; may be empty. */
  doc: string;
}

/** Longest default that is printed, in characters. */
const maxInitial = 80;

/**
 * The parameters of a tool in Python, which code can pass in order or by name.
 *
 * By name alone where the order is of no use: an optional argument is in front of a required one, or the host does not
 * take the arguments in order. One `dict` for all where the keys are no names of Python, or are not all known: named
 * arguments reach the host as a `dict` too, so both ways of calling work.
 *
 * @param typeOf - Prints the type of a parameter, or of the whole input when there is no key.
 */
export function pythonParameters(
  schema: ObjectSchema,
  typeOf: (schema: JsonSchema, key?: string) => string,
): { parameters: PythonParameter[]; byNameOnly: boolean } {
  const properties = Object.entries(schema.properties ?? {});
  if (!hasKnownKeys(schema) || !properties.every(([key]) => isPythonName(key))) {
    return { parameters: [wholeInput(schema, typeOf(schema))], byNameOnly: false };
  }
  const required = new Set(schema.required);
  const parameters = properties.map(([name, property]): PythonParameter => {
    const type = typeOf(property, name);
    const isRequired = required.has(name);
    const initial = isRequired ? undefined : initialText(property, type);
    const isShown = initial !== undefined && initial !== "...";
    return { name, type, initial, doc: pythonDocText(property, !isShown) };
  });
  const lastRequired = properties.findLastIndex(([name]) => required.has(name));
  const hasOrder = parameters.slice(0, Math.max(lastRequired, 0)).every(({ initial }) => initial === undefined);
  const byNameOnly = parameters.length > 0 && !(hasOrder && callStyle(schema) === "positional");
  return { parameters, byNameOnly };
}

/** Whether only the names of the properties can keep them from being parameters. */
function hasKnownKeys(schema: ObjectSchema): boolean {
  return callStyle(schema.properties ? { ...schema, properties: {} } : schema) === "positional";
}

function wholeInput(schema: ObjectSchema, type: string): PythonParameter {
  const isOptional = (schema.required ?? []).length === 0 && !schema.anyOf && !schema.oneOf;
  return { name: "input", type, initial: isOptional ? "..." : undefined, doc: pythonDocText(schema, true) };
}

/** The default, where saying it tells no lie: tools are not given `None` for "nothing". */
function initialText(schema: JsonSchema, type: string): string {
  const value: JsonValue | undefined = typeof schema === "object" ? schema.default : undefined;
  if (value === undefined || (value === null && !/\bNone$|^Any$/.test(type))) return "...";
  const literal = pythonLiteral(value);
  // The same brackets as those of the type: (1, 2) for tuple[int, int].
  const isTuple = Array.isArray(value) && type.startsWith("tuple[");
  const text = isTuple ? `(${literal.slice(1, -1)}${value.length === 1 ? "," : ""})` : literal;
  return text.length > maxInitial ? "..." : text;
}
