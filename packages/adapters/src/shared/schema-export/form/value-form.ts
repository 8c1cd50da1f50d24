import type { JsonSchemaObject, JsonSchemaTypeName, JsonValue } from "@smoltools/core";
import { type Form, type FormContext, neverForm, unchanged } from "./form.ts";
import { decodeJsonText } from "./json-text.ts";

/** The form of a schema that lists its values. */
export function valueForm(schema: JsonSchemaObject, context: FormContext): Form {
  const { literals } = context.dialect;
  const { const: constant, enum: listed = [], type } = schema;
  const all = constant === undefined ? listed : [constant];
  const values = all.filter((value) => type === undefined || [type].flat().some((name) => isOfType(value, name)));
  if (values.length === 0) return neverForm;
  if (literals !== "any" && values.some((value) => typeof value === "object" && value !== null))
    return textForm(values);
  if (literals === "texts and numbers") return ofTextsAndNumbers(values);
  const types = type === undefined ? typesOf(values) : type;
  const kept = constant === undefined ? { enum: values } : { const: constant };
  return { schema: { ...(types.length > 0 && { type: types }), ...kept }, decode: unchanged };
}

/** Objects and lists among the values: each value is written as JSON. */
function textForm(values: readonly JsonValue[]): Form {
  const texts = values.map((value) => JSON.stringify(value));
  const schema: JsonSchemaObject = { type: "string", enum: texts, description: "(one of these values, as JSON text)" };
  return { schema, decode: decodeJsonText, kind: "json" };
}

/** Gemini knows lists of texts and of numbers: the other values become types, and the description names them. */
function ofTextsAndNumbers(values: readonly JsonValue[]): Form {
  const branches: JsonSchemaObject[] = [];
  const texts = values.filter((value) => typeof value === "string");
  // It refuses lists that hold the empty text.
  if (texts.includes("")) branches.push({ type: "string", description: `(one of ${JSON.stringify(texts)})` });
  else if (texts.length > 0) branches.push({ type: "string", enum: texts });
  const numbers = values.filter((value) => typeof value === "number");
  if (numbers.length > 0) branches.push({ type: "number", enum: numbers });
  const booleans = values.filter((value) => typeof value === "boolean");
  if (booleans.length === 1) branches.push({ type: "boolean", description: `(always ${booleans[0]})` });
  if (booleans.length > 1) branches.push({ type: "boolean" });
  if (values.includes(null)) branches.push({ type: "null" });
  const [only = {}, ...more] = branches;
  return { schema: more.length === 0 ? only : { anyOf: branches }, decode: unchanged };
}

function typesOf(values: readonly JsonValue[]): JsonSchemaTypeName | JsonSchemaTypeName[] {
  const types = [...new Set(values.map(typeOf))];
  const [only] = types;
  return types.length === 1 && only ? only : types;
}

function typeOf(value: JsonValue): JsonSchemaTypeName {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  switch (typeof value) {
    case "string":
      return "string";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    default:
      return "object";
  }
}

function isOfType(value: JsonValue, type: JsonSchemaTypeName): boolean {
  return type === "integer" ? Number.isInteger(value) : typeOf(value) === type;
}
