import type { JsonSchema, JsonSchemaObject } from "../json-schema.ts";

/** The keys that an object is known to have, as one class can declare them. */
export interface ObjectShape {
  /** References to other classes whose keys it has too. */
  bases: string[];
  properties: Map<string, JsonSchema>;
  required: Set<string>;
  /** What keys without a property of their own hold, where the schema says so. */
  others: JsonSchema[];
}

/** Most alternatives of which each gets the common keys as well. */
const maxAlternatives = 8;

/**
 * The shapes that an object may have: one for each alternative, or a single one.
 *
 * Parts that `allOf` puts together are put together; references among them become bases.
 *
 * @param target - What a reference leads to.
 * @returns `undefined` for what is not plainly an object with known keys.
 */
export function objectShapes(
  schema: JsonSchemaObject,
  target: (ref: string) => JsonSchema | undefined,
): ObjectShape[] | undefined {
  const { anyOf, oneOf, ...common } = schema;
  const shape = merged([common], target);
  if (!shape || !hasKeys(shape)) return undefined;
  const alternatives = anyOf ?? oneOf;
  if (!alternatives) return isOneBase(shape) ? undefined : [shape];
  const shapes = alternatives.length > maxAlternatives ? [] : alternatives.map((one) => merged([common, one], target));
  const known = shapes.filter((one) => one !== undefined);
  // The common keys alone say less than each alternative would, but nothing that is wrong.
  return known.length === alternatives.length ? known : [shape];
}

function merged(
  parts: readonly JsonSchema[],
  target: (ref: string) => JsonSchema | undefined,
): ObjectShape | undefined {
  const shape = emptyShape();
  const add = (part: JsonSchema): boolean => {
    if (typeof part === "boolean") return part;
    if (part.enum || part.const !== undefined || part.anyOf || part.oneOf) return false;
    if (part.type !== undefined && part.type !== "object") return false;
    if (part.$ref !== undefined) {
      if (!isObject(target(part.$ref))) return false;
      shape.bases.push(part.$ref);
    }
    if (part.allOf && !part.allOf.every(add)) return false;
    addKeys(shape, part);
    return true;
  };
  return parts.every(add) ? shape : undefined;
}

/** The shape that the keywords of a schema itself give to objects, without what it refers to or combines. */
export function ownShape(schema: JsonSchemaObject): ObjectShape | undefined {
  const shape = emptyShape();
  addKeys(shape, schema);
  return hasKeys(shape) ? shape : undefined;
}

function emptyShape(): ObjectShape {
  return { bases: [], properties: new Map(), required: new Set(), others: [] };
}

function addKeys(shape: ObjectShape, schema: JsonSchemaObject): void {
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (!shape.properties.has(key) || typeof property === "object") shape.properties.set(key, property);
  }
  for (const key of schema.required ?? []) shape.required.add(key);
  shape.others.push(...otherKeys(schema));
}

/** What the keys hold that `properties` does not name; nothing where the schema merely does not forbid them. */
export function otherKeys(schema: JsonSchemaObject): JsonSchema[] {
  const { patternProperties = {}, additionalProperties = false } = schema;
  return [...Object.values(patternProperties), ...(additionalProperties === false ? [] : [additionalProperties])];
}

/** Whether a definition becomes a class. It is not followed further: definitions may be long chains. */
function isObject(schema: JsonSchema | undefined): boolean {
  if (typeof schema !== "object" || schema.enum || schema.const !== undefined || schema.anyOf || schema.oneOf) {
    return false;
  }
  const isTyped = schema.type === undefined || schema.type === "object";
  return isTyped && (Object.keys(schema.properties ?? {}).length > 0 || schema.allOf !== undefined);
}

function hasKeys({ bases, properties }: ObjectShape): boolean {
  return bases.length > 0 || properties.size > 0;
}

function isOneBase({ bases, properties }: ObjectShape): boolean {
  return bases.length === 1 && properties.size === 0;
}
