import type { JsonSchema } from "../json-schema.ts";
import { bodyIndent, pythonDocstring, pythonDocText, pythonLine } from "./python-doc-text.ts";
import type { ObjectShape } from "./python-object-shape.ts";
import { isPythonName } from "./python-words.ts";

/** A class to print. */
interface PythonClass {
  name: string;
  shape: ObjectShape;
  /** What it stands for; may be empty. */
  description: string;
  /** The names of its bases. */
  bases: readonly string[];
  typeOf(property: JsonSchema, key: string): string;
  /** The type of the keys that are not named, where the schema says it. */
  others: string | undefined;
}

/** Prints the keys of an object as a `TypedDict`: one key a line, its description behind it. */
export function pythonClassText(declared: PythonClass): string {
  const keys = [...declared.shape.properties.keys()];
  return keys.every(canBeField) || declared.bases.length > 0 ? classText(declared) : functionalText(declared);
}

function classText(declared: PythonClass): string {
  const { name, shape, bases, others } = declared;
  const description = pythonLine(declared.description);
  const body = description === "" ? [] : [pythonDocstring(description)];
  const remarks: string[] = [];
  for (const [key, property] of shape.properties) {
    const member = canBeField(key) ? key : JSON.stringify(key);
    const line = `${member}: ${memberType(declared, key, property)}${comment(property)}`;
    if (canBeField(key)) body.push(`${bodyIndent}${line}`);
    else remarks.push(`# Also ${pythonLine(line)}`);
  }
  if (body.length === 0) body.push(`${bodyIndent}pass`);
  if (others !== undefined) remarks.push(`# Any other key: ${others}`);
  const head = `class ${name}(${bases.length > 0 ? bases.join(", ") : "TypedDict"}):`;
  return [head, ...body, ...remarks.map((remark) => `${bodyIndent}${remark}`)].join("\n");
}

/** The only form in which keys may be any texts. */
function functionalText(declared: PythonClass): string {
  const { name, shape, others } = declared;
  const description = pythonLine(declared.description);
  const lines = [...shape.properties].map(
    ([key, property]) =>
      `${bodyIndent}${JSON.stringify(key)}: ${memberType(declared, key, property)},${comment(property)}`,
  );
  if (others !== undefined) lines.push(`${bodyIndent}# Any other key: ${others}`);
  const head = `${name} = TypedDict("${name}", {`;
  return [...(description === "" ? [] : [`# ${description}`]), head, ...lines, "})"].join("\n");
}

function memberType({ shape, typeOf }: PythonClass, key: string, property: JsonSchema): string {
  const type = typeOf(property, key);
  return shape.required.has(key) ? type : `NotRequired[${type}]`;
}

function comment(property: JsonSchema): string {
  const doc = pythonDocText(property, true);
  return doc === "" ? "" : `  # ${doc}`;
}

/** In a class, names that begin with two underscores become other names. */
function canBeField(key: string): boolean {
  return isPythonName(key) && !key.startsWith("__");
}
