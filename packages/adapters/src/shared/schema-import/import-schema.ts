import type { JsonSchema, JsonSchemaObject, ObjectSchema } from "@smoltools/core";
import { isRecord } from "../json-access.ts";
import { isSchema, subschemaKeywords } from "../map-subschemas.ts";

/** Deeper than schemas are nested, and than the validator takes. */
const maxDepth = 200;

/**
 * Writes a schema of an earlier draft of JSON Schema in 2020-12.
 *
 * `definitions` stay where they are, for references lead there. The schema is not judged: whoever makes a tool of it
 * learns whether it can be used.
 *
 * Source: https://json-schema.org/draft/2020-12/release-notes and those of the drafts before it.
 *
 * @param schema - A schema of draft 4 to 2020-12, as JSON.
 * @throws Error when it is not a schema, or contains itself.
 */
export function importSchema(schema: unknown): JsonSchema {
  return imported(schema, schema, 0);
}

/**
 * The same for the input of a tool, which is an object.
 *
 * @throws Error when the root cannot be an object.
 */
export function importInputSchema(schema: unknown): ObjectSchema {
  const root = withRootResolved(importSchema(schema));
  if (root === true) return { type: "object" };
  const { type = "object" } = root;
  if ([type].flat().includes("object")) return { ...root, type: "object" };
  throw new Error(`its input is of the type ${JSON.stringify(type)}: only objects can be the input of a tool`);
}

/** Generators of schemas put the whole schema behind a reference; its arguments would be hidden there. */
function withRootResolved(root: JsonSchema): JsonSchemaObject | true {
  if (root === false) throw new Error("its input schema allows nothing");
  if (root === true || root.$ref === undefined) return root;
  const [, keyword, name = ""] = /^#\/(\$defs|definitions)\/([^/~%]+)$/.exec(root.$ref) ?? [];
  const definitions = keyword === "$defs" ? root.$defs : root.definitions;
  const target = definitions && Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  if (typeof target !== "object" || target.$ref !== undefined) return root;
  const { $ref: _, ...beside } = root;
  return { ...target, ...beside };
}

function imported(schema: unknown, root: unknown, depth: number): JsonSchema {
  if (typeof schema === "boolean") return schema;
  if (!isRecord(schema)) throw new Error("it is not a JSON Schema: a schema is an object, true or false");
  if (depth > maxDepth) throw new Error(`its schemas are nested more than ${maxDepth} deep, or in a circle`);
  const inner = (value: unknown): JsonSchema => imported(value, root, depth + 1);
  const written: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (value === undefined || keyword === "$schema") continue;
    if (keyword === "items" && Array.isArray(value)) {
      // Until 2019-09 the schemas of the first items stood in `items`, and that of the others in `additionalItems`.
      if (value.length > 0) written["prefixItems"] = value.map(inner);
    } else if (keyword === "additionalItems") {
      if (Array.isArray(schema["items"])) written["items"] = isSchema(value) ? inner(value) : value;
    } else if (keyword === "dependencies") written[keyword] = value;
    else if (subschemaKeywords.list.has(keyword) && Array.isArray(value)) written[keyword] = value.map(inner);
    else if (subschemaKeywords.map.has(keyword) && isRecord(value)) written[keyword] = mapOf(value, inner);
    else if (subschemaKeywords.one.has(keyword) && isSchema(value)) written[keyword] = inner(value);
    else if (keyword === "$ref" && typeof value === "string") written[keyword] = importedRef(value, root);
    else written[keyword] = value;
  }
  modernBounds(written);
  modernDependencies(written, inner);
  return written;
}

function mapOf(value: Record<string, unknown>, inner: (value: unknown) => JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(value).map(([key, schema]) => [key, inner(schema)]));
}

/** In draft 4, and in OpenAPI 3.0, exclusive bounds are marks on the others. */
function modernBounds(schema: Record<string, unknown>): void {
  for (const [exclusive, bound] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    if (typeof schema[exclusive] !== "boolean") continue;
    const isExclusive = schema[exclusive] && schema[bound] !== undefined;
    delete schema[exclusive];
    if (!isExclusive) continue;
    schema[exclusive] = schema[bound];
    delete schema[bound];
  }
}

/** Until draft 7 one keyword said both which keys and which schemas depend on a key. */
function modernDependencies(schema: Record<string, unknown>, inner: (value: unknown) => JsonSchema): void {
  const { dependencies } = schema;
  if (!isRecord(dependencies)) return;
  delete schema["dependencies"];
  const entries = Object.entries(dependencies);
  const keys = entries.filter(([, value]) => Array.isArray(value));
  const schemas = entries.filter(([, value]) => !Array.isArray(value));
  if (keys.length > 0) schema["dependentRequired"] = Object.fromEntries(keys);
  if (schemas.length > 0) schema["dependentSchemas"] = mapOf(Object.fromEntries(schemas), inner);
}

/** References into lists of `items` lead to where these now stand. */
function importedRef(ref: string, root: unknown): string {
  if (!ref.startsWith("#/")) return ref;
  let here: unknown = root;
  const steps = ref
    .slice(2)
    .split("/")
    .map((step) => {
      const inList = isRecord(here) && Array.isArray(here["items"]);
      here = isRecord(here) ? here[step] : Array.isArray(here) ? here[Number(step)] : undefined;
      if (!inList) return step;
      return step === "items" ? "prefixItems" : step === "additionalItems" ? "items" : step;
    });
  return `#/${steps.join("/")}`;
}
