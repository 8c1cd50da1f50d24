import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";
import { isRecord } from "../../json-access.ts";
import { isAnything } from "../shape/keywords.ts";
import { type Form, type FormContext, neverForm, nullable, unchanged } from "./form.ts";
import { jsonTextForm } from "./json-text.ts";
import { exportedNames, withOriginalName } from "./property-names.ts";

/** A property in its exported form. */
interface Property {
  name: string;
  form: Form;
  /** `null` stands for a property that was left out. */
  isNullAbsence: boolean;
}

/** The form of an object. */
export function objectForm(schema: JsonSchemaObject, context: FormContext): Form {
  const { dialect } = context;
  const { properties = {}, required = [], additionalProperties, patternProperties = {} } = schema;
  const names = [...new Set([...Object.keys(properties), ...required])];
  const isOpen = additionalProperties !== undefined && additionalProperties !== false;
  const isFree = names.length === 0 && (additionalProperties === undefined || isAnything(additionalProperties));
  if (Object.keys(patternProperties).length > 0) return elsewhere(schema, context);
  if (isFree && dialect.anything === "text") return jsonTextForm(schema);
  if (isOpen && dialect.records === "entries") {
    return names.length === 0 ? entriesForm(additionalProperties, context) : jsonTextForm(schema);
  }
  return knownKeysForm(schema, names, context);
}

/** Keys by patterns are in no dialect but the plain one. */
function elsewhere(schema: JsonSchemaObject, { dialect }: FormContext): Form {
  return dialect.other === "native" ? { schema, decode: unchanged } : jsonTextForm(schema);
}

/** A list of keys with their values, for objects whose keys are not known beforehand. */
function entriesForm(values: JsonSchema, context: FormContext): Form {
  const form = context.form(values);
  const decode = (value: unknown): unknown => {
    if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, form.decode(v)]));
    if (!Array.isArray(value) || !value.every(isEntry)) return value;
    return Object.fromEntries(value.map((entry) => [entry.key, form.decode(entry.value)]));
  };
  const item: JsonSchemaObject = {
    type: "object",
    properties: { key: { type: "string" }, value: form.schema },
    required: ["key", "value"],
    additionalProperties: false,
  };
  return {
    schema: { type: "array", items: item, description: "(an object, as a list of its keys and values)" },
    decode,
  };
}

function isEntry(value: unknown): value is { key: string; value: unknown } {
  return isRecord(value) && typeof value["key"] === "string" && Object.hasOwn(value, "value");
}

function knownKeysForm(schema: JsonSchemaObject, names: readonly string[], context: FormContext): Form {
  const { dialect } = context;
  const { properties = {}, required = [], additionalProperties } = schema;
  const exported = exportedNames(names, dialect.propertyName);
  const byKey = new Map<string, Property>();
  const needed: string[] = [];
  const written: [string, JsonSchema][] = [];
  for (const name of names) {
    const original = (Object.hasOwn(properties, name) ? properties[name] : undefined) ?? additionalProperties ?? true;
    const form = context.form(original);
    const isOptional = !required.includes(name);
    const key = exported.get(name) ?? name;
    // A text that holds JSON says `null` as a text: a bare one means nothing was to be said.
    const isNullAbsence = isOptional && (form.kind === "json" || !context.acceptsNull(original));
    byKey.set(key, { name, form, isNullAbsence });
    if (isOptional && form.kind === "never") continue;
    const shown = isOptional && dialect.optional === "null" ? nullable(form) : form;
    written.push([key, key === name ? shown.schema : withOriginalName(shown.schema, name)]);
    if (!isOptional || dialect.optional === "null") needed.push(key);
  }
  const others = additionalProperties === undefined ? undefined : context.form(additionalProperties);
  const isClosed = dialect.records === "entries" || additionalProperties === false;
  return {
    schema: {
      type: "object",
      ...(isClosed || written.length > 0 ? { properties: Object.fromEntries(written) } : {}),
      ...(needed.length > 0 || dialect.optional === "null" ? { required: needed } : {}),
      ...(isClosed ? { additionalProperties: false } : others && { additionalProperties: others.schema }),
    },
    decode: (value) => (isRecord(value) ? decodeMembers(value, byKey, others ?? neverForm) : value),
  };
}

function decodeMembers(
  value: Record<string, unknown>,
  byKey: ReadonlyMap<string, Property>,
  others: Form,
): Record<string, unknown> {
  const members: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    const property = byKey.get(key);
    if (!property) members.push([key, others.decode(member)]);
    else if (member !== null || !property.isNullAbsence) members.push([property.name, property.form.decode(member)]);
  }
  return Object.fromEntries(members);
}
