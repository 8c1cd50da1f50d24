import type { JsonSchema, JsonSchemaObject, JsonSchemaTypeName, JsonValue } from "@smoltools/core";

/** Most `$ref`s that are followed in a row: a schema may refer to itself. */
const maxRefs = 20;

/** Most parts of one schema that are looked at: choices of choices grow without end. */
const maxParts = 2000;

/** A schema as its alternatives, with references followed: `anyOf` and `oneOf` are taken apart, a type list too. */
export function alternatives(
  schema: JsonSchema | undefined,
  root: JsonSchemaObject,
  depth = 0,
  budget: { parts: number } = { parts: maxParts },
): JsonSchemaObject[] {
  if (schema === undefined || schema === true) return [{}];
  if (schema === false || depth > maxRefs || budget.parts-- <= 0) return [];
  const inner = (part: JsonSchema | undefined) => alternatives(part, root, depth + 1, budget);
  if (schema.$ref !== undefined) {
    const { $ref, ...beside } = schema;
    return inner(referred($ref, root)).map((target) => merged(target, beside));
  }
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) {
    const { anyOf: _anyOf, oneOf: _oneOf, ...beside } = schema;
    return branches.flatMap(inner).map((one) => merged(beside, one));
  }
  if (schema.allOf) {
    const { allOf, ...beside } = schema;
    return allOf.reduce<JsonSchemaObject[]>(
      (before, part) => before.flatMap((one) => inner(part).map((other) => merged(one, other))),
      [beside],
    );
  }
  if (Array.isArray(schema.type)) return schema.type.map((type: JsonSchemaTypeName) => ({ ...schema, type }));
  return [schema];
}

/** The types that a value may have; `undefined` when it may be anything. */
function typesOf(schema: JsonSchema | undefined, root: JsonSchemaObject): Set<JsonSchemaTypeName> | undefined {
  const types = new Set<JsonSchemaTypeName>();
  for (const one of alternatives(schema, root)) {
    const found = ownTypes(one);
    if (!found) return undefined;
    for (const type of found) types.add(type);
  }
  return types;
}

/** True when a value of this type may stand there. */
export function accepts(schema: JsonSchema | undefined, type: JsonSchemaTypeName, root: JsonSchemaObject): boolean {
  const types = typesOf(schema, root);
  return !types || types.has(type) || (type === "integer" && types.has("number"));
}

/** The values that may stand there, where they can be counted. */
export function choicesOf(schema: JsonSchema | undefined, root: JsonSchemaObject): JsonValue[] | undefined {
  const choices: JsonValue[] = [];
  for (const one of alternatives(schema, root)) {
    if (one.const !== undefined) choices.push(one.const);
    else if (one.enum) choices.push(...one.enum);
    else if (one.type === "null") choices.push(null);
    else return undefined;
  }
  return choices.length > 0 ? choices : undefined;
}

/** The schema of an item of an array. */
export function itemSchema(schema: JsonSchema | undefined, index: number, root: JsonSchemaObject): JsonSchema {
  const array = alternatives(schema, root).find(({ type }) => type === "array");
  return array?.prefixItems?.[index] ?? array?.items ?? true;
}

/** The properties of the objects that may stand there, alternatives together. */
export function propertiesOf(
  schema: JsonSchema | undefined,
  root: JsonSchemaObject,
): { properties: Record<string, JsonSchema>; required: Set<string>; others: JsonSchema | undefined } {
  const objects = alternatives(schema, root).filter(({ type, properties }) => type === "object" || properties);
  const properties: Record<string, JsonSchema> = Object.create(null);
  for (const { properties: own = {} } of objects) {
    for (const [name, part] of Object.entries(own)) {
      const before = properties[name];
      properties[name] = before === undefined ? part : { anyOf: [before, part] };
    }
  }
  const required = new Set(objects[0]?.required);
  for (const { required: own = [] } of objects)
    for (const name of required) if (!own.includes(name)) required.delete(name);
  const others = objects.find(({ additionalProperties: one }) => one !== undefined && one !== false);
  return { properties, required, others: others?.additionalProperties };
}

function referred(ref: string, root: JsonSchemaObject): JsonSchema | undefined {
  if (ref === "#") return root;
  const [, place, name = ""] = /^#\/(\$defs|definitions)\/([^/]+)$/.exec(ref) ?? [];
  const definitions = place === "$defs" ? root.$defs : root.definitions;
  const key = decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~");
  return definitions && Object.hasOwn(definitions, key) ? definitions[key] : undefined;
}

function ownTypes({
  type,
  const: constant,
  enum: values,
  properties,
}: JsonSchemaObject): JsonSchemaTypeName[] | undefined {
  if (type !== undefined) return [type].flat();
  if (constant !== undefined) return [typeOf(constant)];
  if (values) return values.map(typeOf);
  return properties ? ["object"] : undefined;
}

/** The JSON Schema type of a value; whole numbers are integers. */
export function typeOf(value: unknown): JsonSchemaTypeName {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value === "string" ? "string" : typeof value === "boolean" ? "boolean" : "object";
}

function merged(one: JsonSchemaObject, other: JsonSchemaObject): JsonSchemaObject {
  const required = [...(one.required ?? []), ...(other.required ?? [])];
  return {
    ...one,
    ...other,
    ...((one.properties ?? other.properties) && { properties: { ...one.properties, ...other.properties } }),
    ...(required.length > 0 && { required }),
  };
}
