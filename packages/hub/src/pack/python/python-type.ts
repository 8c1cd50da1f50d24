import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";

/** The types that tools of smolagents declare. */
export type PythonToolType =
  | "string"
  | "boolean"
  | "integer"
  | "number"
  | "image"
  | "audio"
  | "array"
  | "object"
  | "any"
  | "null";

/** What smolagents is told of a value: one type, and whether it may be `None`. */
export interface PythonType {
  type: PythonToolType;
  nullable: boolean;
}

/** How many schemas deep a type is looked for. */
const maxDepth = 16;

/**
 * The type of a schema. What one type cannot express is `any`: less is told then, but nothing wrong.
 *
 * @param root - The schema that holds the definitions which `$ref`s name.
 */
export function pythonType(schema: JsonSchema | undefined, root: JsonSchema | undefined = schema): PythonType {
  const types = new Set(typesOf(schema ?? true, root ?? true, 0));
  const nullable = types.delete("null");
  if (types.delete("integer") && !types.has("number")) types.add("integer");
  const [type = "null"] = types;
  return { type: types.size > 1 ? "any" : type, nullable: nullable && types.size > 0 };
}

function typesOf(schema: JsonSchema, root: JsonSchema, depth: number): PythonToolType[] {
  if (typeof schema === "boolean" || depth > maxDepth) return ["any"];
  const media = mediaType(schema);
  if (media) return [media];
  if (schema.type !== undefined) return [schema.type].flat();
  if (schema.const !== undefined) return [typeOfValue(schema.const)];
  if (schema.enum) return schema.enum.map(typeOfValue);
  const inner = (each: JsonSchema) => typesOf(each, root, depth + 1);
  if (schema.$ref !== undefined) return inner(definition(schema.$ref, root));
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches && branches.length > 0) return branches.flatMap(inner);
  if (schema.allOf?.length === 1) return schema.allOf.flatMap(inner);
  return ["any"];
}

/** An image or a sound: a `MediaRef`, or base64 of a media type. */
function mediaType({ properties, contentEncoding, contentMediaType }: JsonSchemaObject): "image" | "audio" | undefined {
  const kind = properties && Object.hasOwn(properties, "kind") ? properties["kind"] : undefined;
  const named = typeof kind === "object" && properties?.["mediaType"] !== undefined ? kind.const : undefined;
  if (named === "image" || named === "audio") return named;
  if (contentEncoding !== "base64") return undefined;
  const [top] = (contentMediaType ?? "").split("/");
  return top === "image" || top === "audio" ? top : undefined;
}

function definition(ref: string, root: JsonSchema): JsonSchema {
  const [, holder, key = ""] = /^#\/(\$defs|definitions)\/([^/]+)$/.exec(ref) ?? [];
  if (typeof root === "boolean" || holder === undefined) return true;
  const definitions = (holder === "$defs" ? root.$defs : root.definitions) ?? {};
  const name = key.replaceAll("~1", "/").replaceAll("~0", "~");
  return Object.hasOwn(definitions, name) ? (definitions[name] ?? true) : true;
}

function typeOfValue(value: unknown): PythonToolType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value === "string" || typeof value === "boolean" ? (typeof value as "string" | "boolean") : "object";
}

/** How parameters of these types are annotated. */
export const pythonHints: Readonly<Record<PythonToolType, string>> = {
  string: "str",
  boolean: "bool",
  integer: "int",
  number: "float",
  array: "list",
  object: "dict",
  image: "Any",
  audio: "Any",
  any: "Any",
  null: "Any",
};
