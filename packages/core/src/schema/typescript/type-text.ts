import { allowsNothing, declaredTypes } from "../declared-types.ts";
import { itemSchemas } from "../item-schemas.ts";
import { docText } from "./doc-text.ts";
import { pointerKeys } from "../json-pointer.ts";
import type { JsonSchema, JsonSchemaObject, JsonSchemaTypeName, JsonValue } from "../json-schema.ts";
import { builtInTypes, globalNames, isVariableName, reservedWords } from "./reserved-words.ts";
import { subschemas } from "../subschemas.ts";

/** How {@link typeText} prints. */
export interface TypeTextOptions {
  /**
   * Name under which what a `$ref` leads to is printed, `undefined` for `unknown`. When absent: the key of a
   * definition, made an identifier; `unknown` for all others.
   */
  refName?: (ref: string) => string | undefined;
  /** Leave the comments out, so that the type fits on one line: for error messages. */
  bare?: boolean;
  /** How to print integers, which in TypeScript are numbers. */
  integer?: string;
}

type Printer = Required<TypeTextOptions>;

/**
 * Prints a JSON Schema as a TypeScript type.
 *
 * Properties that have a description are printed one a line, each with its description and constraints in a `//`
 * comment at its end; objects without descriptions stay on one line.
 *
 * @param schema - A schema of JSON Schema 2020-12. What TypeScript cannot express becomes `unknown`, never less than
 *   the schema accepts.
 */
export function typeText(schema: JsonSchema, options: TypeTextOptions = {}): string {
  return print(schema, 0, { refName: definitionName, bare: false, integer: "number", ...options });
}

/** The name of a type for any key: other characters become `_`, and so does what would collide with TypeScript's own. */
export function typeName(key: string): string {
  const name = key.replace(/[^A-Za-z0-9_$]/g, "_");
  if (/^[0-9]/.test(name) || name === "") return `_${name}`;
  return reservedWords.has(name) || builtInTypes.has(name) || globalNames.has(name) ? `${name}_` : name;
}

function definitionName(ref: string): string | undefined {
  const [holder, key, ...more] = ref.startsWith("#/") ? pointerKeys(ref.slice(1)) : [];
  const isDefinition = (holder === "$defs" || holder === "definitions") && more.length === 0;
  return isDefinition && key !== undefined ? typeName(key) : undefined;
}

function print(schema: JsonSchema, depth: number, printer: Printer): string {
  if (schema === true) return "unknown";
  if (schema === false) return "never";
  const parts: string[] = [];
  if (schema.$ref !== undefined) parts.push(printer.refName(schema.$ref) ?? "unknown");
  for (const branch of schema.allOf ?? []) parts.push(parenthesise(print(branch, depth, printer), "|"));
  const union = schema.anyOf ?? schema.oneOf;
  if (union) parts.push(parenthesise(unionText(union.map((branch) => print(branch, depth, printer))), "|"));
  const own = ownText(schema, depth, printer);
  if (own !== undefined) parts.push(parts.length > 0 ? parenthesise(own, "|") : own);
  const known = parts.filter((part) => part !== "unknown");
  if (known.length === 0) return "unknown";
  return known.length === 1 ? stripParentheses(known[0] ?? "unknown") : known.join(" & ");
}

/** What the keywords of the node itself say, its references and combinators left out. */
function ownText(schema: JsonSchemaObject, depth: number, printer: Printer): string | undefined {
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return schema.enum.length === 0 ? "never" : unionText(schema.enum.map(literal));
  if (allowsNothing(schema)) return "never";
  const types = declaredTypes(schema);
  return types.length === 0 ? undefined : unionText(types.map((type) => ofType(type, schema, depth, printer)));
}

function ofType(type: JsonSchemaTypeName, schema: JsonSchemaObject, depth: number, printer: Printer): string {
  switch (type) {
    case "string":
      return "string";
    case "number":
      return "number";
    case "integer":
      return printer.integer;
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "array":
      return arrayText(schema, depth, printer);
    case "object":
      return objectText(schema, depth, printer);
    default:
      return "unknown";
  }
}

function arrayText(schema: JsonSchemaObject, depth: number, printer: Printer): string {
  const arrayOf = (items: JsonSchema) => `${parenthesise(print(items, depth, printer), "|&")}[]`;
  const { prefix, rest = true } = itemSchemas(schema);
  if (prefix.length === 0) return arrayOf(rest);
  const least = schema.minItems ?? 0;
  const titles = prefix.map((item) => (typeof item === "object" ? item.title : undefined));
  const labelled = titles.every((title) => title !== undefined && isVariableName(title));
  const elements = prefix.map((item, index) => {
    const text = print(item, depth, printer);
    const optional = index >= least ? "?" : "";
    if (labelled) return `${titles[index]}${optional}: ${text}`;
    return optional ? `${parenthesise(text, "|&")}?` : text;
  });
  if (rest !== false) elements.push(`...${labelled ? "rest: " : ""}${arrayOf(isEager(rest) ? true : rest)}`);
  return `[${elements.join(", ")}]`;
}

/** TypeScript reads tuples behind `...` at once: one that names the type it stands in would be a circle (TS2456). */
function isEager(rest: JsonSchema): boolean {
  return (
    hasPart(rest, ({ prefixItems }) => prefixItems !== undefined) && hasPart(rest, ({ $ref }) => $ref !== undefined)
  );
}

function hasPart(schema: JsonSchema, test: (part: JsonSchemaObject) => boolean): boolean {
  if (typeof schema === "boolean") return false;
  return test(schema) || subschemas(schema).some((part) => hasPart(part.schema, test));
}

function objectText(schema: JsonSchemaObject, depth: number, printer: Printer): string {
  const index = indexType(schema, depth + 1, printer);
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0) return index === undefined ? "{}" : `{ [key: string]: ${index} }`;
  const required = new Set(schema.required);
  const docs = properties.map(([, property]) => (printer.bare ? "" : docText(property)));
  const onOneLine = docs.every((doc) => doc === "");
  const types = properties.map(([, property]) => print(property, depth + 1, printer));
  const members = properties.map(([key], i) => `${propertyKey(key)}${required.has(key) ? "" : "?"}: ${types[i]}`);
  // An object that merely does not forbid other keys is printed closed: that is how it is meant nearly always.
  if (index !== undefined && (schema.additionalProperties !== undefined || schema.patternProperties)) {
    members.push(
      `[key: string]: ${widened(index, properties.every(([key]) => required.has(key)) ? types : [...types, "undefined"])}`,
    );
  }
  if (onOneLine) return `{ ${members.join("; ")} }`;
  const indent = "  ".repeat(depth + 1);
  const lines = members.map((member, i) => `${indent}${member};${docs[i] ? ` // ${docs[i]}` : ""}`);
  return `{\n${lines.join("\n")}\n${"  ".repeat(depth)}}`;
}

/**
 * TypeScript wants the type of an index signature to take in the types of all properties. Long ones are not said
 * twice: the text would double at every level.
 */
function widened(index: string, properties: string[]): string {
  const isLong = properties.join().length > 200 || properties.some((type) => type.includes("{"));
  return isLong ? "unknown" : unionText([index, ...properties]);
}

/** The type of keys that have no property of their own; `undefined` when there are none. */
function indexType(schema: JsonSchemaObject, depth: number, printer: Printer): string | undefined {
  const types = Object.values(schema.patternProperties ?? {}).map((value) => print(value, depth, printer));
  if (schema.additionalProperties !== false) types.push(print(schema.additionalProperties ?? true, depth, printer));
  return types.length === 0 ? undefined : unionText(types);
}

/** Joins the members of a union: each once, `null` last, `unknown` swallows the rest. */
function unionText(members: string[]): string {
  const distinct = [...new Set(members.flatMap((member) => (member === "true | false" ? ["boolean"] : [member])))];
  if (distinct.includes("unknown")) return "unknown";
  const proper = distinct.filter((member) => member !== "never");
  if (proper.length === 0) return "never";
  const withoutNull = proper.filter((member) => member !== "null");
  return [...withoutNull, ...(withoutNull.length < proper.length ? ["null"] : [])].join(" | ");
}

/** Puts a type in parentheses if it has one of these operators outside of all brackets and quotes. */
function parenthesise(text: string, operators: string): string {
  let nesting = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? "";
    if (quoted) {
      if (char === "\\") i++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    // A comment's text is not type syntax, whatever brackets it holds.
    else if (char === "/" && text[i + 1] === "/") i = nextLine(text, i);
    else if ("{[(<".includes(char)) nesting++;
    else if ("}])>".includes(char)) nesting--;
    else if (nesting === 0 && operators.includes(char)) return `(${text})`;
  }
  return text;
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

function stripParentheses(text: string): string {
  return text.startsWith("(") && text.endsWith(")") && parenthesise(text, "|&") === text ? text.slice(1, -1) : text;
}

function propertyKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

/** TypeScript takes these two characters for the end of a line, JSON does not. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

function literal(value: JsonValue): string {
  if (typeof value === "string") return quoted(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  const members = Object.entries(value).map(([key, member]) => `${propertyKey(key)}: ${literal(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join("; ")} }`;
}
