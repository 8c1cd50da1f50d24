import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";
import { isRecord } from "../../shared/json-access.ts";
import { mapSubschemas } from "../../shared/map-subschemas.ts";
import { importSchema } from "../../shared/schema-import/import-schema.ts";
import { deref, fileInputSchema, fileKind, fileOutputSchema, isFileType } from "./file-type.ts";

/** Deeper than schemas are nested. */
const maxDepth = 100;
/** What the classes of Gradio are called says nothing about values. */
const leftOut = new Set(["title", "additional_description"]);

/** Where a schema stands, and how. */
export interface ValuePlace {
  /** The component of Gradio: `"Image"`. */
  component: string;
  direction: "input" | "output";
  /** Where it will stand: `#/properties/text`. Its references are made to lead there. */
  pointer: string;
}

/**
 * Writes the type that Gradio gives for a value as a JSON Schema, with media in place of its files.
 *
 * @param type - As it stands in `/info`.
 * @throws Error when it is not a schema.
 */
export function valueSchema(type: unknown, place: ValuePlace): JsonSchema {
  const root = withoutAnyMark(type);
  const schema = importSchema(converted(root, root, place, undefined, 0));
  if (typeof schema === "boolean" || schema.$defs === undefined) return schema;
  const { $defs, ...rest } = schema;
  const used = usedDefinitions(rest, $defs);
  return Object.keys(used).length === 0 ? rest : { ...rest, $defs: used };
}

/** The definitions that something leads to: those of Gradio's files are of no use any more. */
function usedDefinitions(
  schema: JsonSchemaObject,
  definitions: Readonly<Record<string, JsonSchema>>,
): Record<string, JsonSchema> {
  const used = new Map<string, JsonSchema>();
  const open: unknown[] = [schema];
  for (const one of open) {
    for (const [, name = ""] of JSON.stringify(one).matchAll(/"\$ref":"[^"]*\/\$defs\/([^/"]+)/g)) {
      const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
      if (definition === undefined || used.has(name)) continue;
      used.set(name, definition);
      open.push(definition);
    }
  }
  return Object.fromEntries(used);
}

/** Gradio's way to say "any JSON" is no schema: `{ type: {}, description }`. */
function withoutAnyMark(type: unknown): unknown {
  if (!isRecord(type) || !isRecord(type["type"])) return type;
  const { type: _, ...rest } = type;
  return rest["description"] === "any valid json" ? {} : rest;
}

function converted(
  schema: unknown,
  root: unknown,
  place: ValuePlace,
  member: string | undefined,
  depth: number,
): unknown {
  if (!isRecord(schema)) return schema;
  if (depth > maxDepth) throw new Error(`its schemas are nested more than ${maxDepth} deep`);
  if (isFileType(schema, root)) {
    const kind = fileKind(place.component, member, deref(schema, root));
    return place.direction === "input" ? fileInputSchema(kind) : fileOutputSchema(kind);
  }
  const kept = Object.fromEntries(Object.entries(schema).filter(([keyword]) => !leftOut.has(keyword)));
  const { $ref } = kept;
  return mapSubschemas(
    typeof $ref === "string" ? { ...kept, $ref: rehomed($ref, place.pointer) } : kept,
    (inner, property) => converted(inner, root, place, property ?? member, depth + 1),
  );
}

function rehomed(ref: string, pointer: string): string {
  return ref === "#" || ref.startsWith("#/") ? `${pointer}${ref.slice(1)}` : ref;
}
