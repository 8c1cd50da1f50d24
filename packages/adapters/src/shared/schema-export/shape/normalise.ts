import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";
import { annotationsOf, assertionsOf, impliedType, isAnything, isLimit, keywordsFor } from "./keywords.ts";
import { mergeSchemas } from "./merge-schemas.ts";
import type { SchemaDocument } from "./schema-document.ts";

/**
 * A schema that says what it says in one way: a reference and nothing else, a choice and nothing else, values, or one
 * type. `about` has what is said about it besides: descriptions and limits.
 */
export type Normal = {
  about: JsonSchemaObject;
  /** Choices between conditions, such as lists of required keys, by the keyword that had them. */
  conditions?: Readonly<Record<string, readonly JsonSchema[]>>;
} & (
  | { kind: "reference"; reference: string }
  | { kind: "choice"; branches: readonly JsonSchema[] }
  | { kind: "values" | "type" | "anything" }
  /** What cannot be said in one of these ways. */
  | { kind: "other" }
);

/** Most parts of an `allOf`, those within them included. */
const maxParts = 64;

/** Says in one way what JSON Schema can say in many. */
export function normalise(schema: JsonSchemaObject, document: SchemaDocument): Normal {
  const { $ref, allOf, anyOf, oneOf } = schema;
  const assertions = assertionsOf(schema);
  const others = Object.keys(assertions);
  if ($ref !== undefined && others.length === 1) {
    return { kind: "reference", reference: $ref, about: annotationsOf(schema) };
  }
  const [only = true, ...more] = allOf ?? [];
  if (allOf && others.length === 1 && more.length === 0) return ofOne(only, schema, document);
  if ($ref !== undefined || allOf) return ofParts(schema, document);
  if (anyOf && oneOf) return { kind: "other", about: schema };
  const choice = anyOf ?? oneOf;
  if (choice?.every(isCondition)) {
    const { anyOf: _, oneOf: __, ...rest } = schema;
    return { ...normalise(rest, document), conditions: anyOf ? { anyOf } : { oneOf: choice } };
  }
  if (choice) return ofChoice(choice, schema, document);
  if (schema.const !== undefined || schema.enum) return { kind: "values", about: schema };
  const type = schema.type ?? impliedType(schema);
  if (type === undefined) return { kind: "anything", about: schema };
  if (typeof type === "string") return { kind: "type", about: { ...schema, type } };
  const [name] = type;
  if (name !== undefined && type.length === 1) return { kind: "type", about: { ...schema, type: name } };
  if (!type.includes("object") && !type.includes("array")) return { kind: "type", about: schema };
  return { kind: "choice", branches: type.map((one) => keywordsFor(assertions, one)), about: annotationsOf(schema) };
}

/** A schema that only limits what others describe, such as a list of required keys. */
function isCondition(schema: JsonSchema): boolean {
  return (
    typeof schema === "object" &&
    Object.keys(schema).length > 0 &&
    Object.keys(assertionsOf(schema)).every((keyword) => keyword === "required" || isLimit(keyword)) &&
    !isAnything(schema)
  );
}

/** What is said around the only part of an `allOf` is said of the part: a common way to describe a reference. */
function ofOne(part: JsonSchema, schema: JsonSchemaObject, document: SchemaDocument): Normal {
  if (typeof part === "boolean") return ofParts(schema, document);
  return normalise({ ...part, ...annotationsOf(schema) }, document);
}

function ofParts(schema: JsonSchemaObject, document: SchemaDocument): Normal {
  const parts = partsOf(schema, document);
  const merged = parts && mergeSchemas(parts);
  if (merged === undefined) return { kind: "other", about: schema };
  if (typeof merged === "boolean") return { kind: "values", about: { ...annotationsOf(schema), enum: [] } };
  return normalise(merged, document);
}

/** The schemas that a value has to fit, references and `allOf` taken apart; `undefined` when they are too many. */
function partsOf(
  schema: JsonSchema,
  document: SchemaDocument,
  count: { left: number } = { left: maxParts },
): JsonSchema[] | undefined {
  if (typeof schema === "boolean") return [schema];
  if (--count.left < 0) return undefined;
  const { $ref, allOf = [], $defs: _, definitions: __, ...own } = schema;
  const target = $ref === undefined ? true : document.target($ref);
  if (target === undefined) return undefined;
  const parts: JsonSchema[] = [own];
  for (const part of [target, ...allOf]) {
    const inner = partsOf(part, document, count);
    if (!inner) return undefined;
    parts.push(...inner);
  }
  return parts;
}

/** What stands beside a choice is said of each branch. */
function ofChoice(branches: readonly JsonSchema[], schema: JsonSchemaObject, document: SchemaDocument): Normal {
  const { anyOf: _, oneOf: __, ...beside } = assertionsOf(schema);
  const about = annotationsOf(schema);
  if (Object.keys(beside).length === 0) return { kind: "choice", branches, about };
  const merged: JsonSchema[] = [];
  for (const branch of branches) {
    const parts = partsOf(branch, document);
    const both = parts && mergeSchemas([...parts, beside]);
    if (both === undefined) return { kind: "other", about: schema };
    merged.push(both);
  }
  return { kind: "choice", branches: merged, about };
}
