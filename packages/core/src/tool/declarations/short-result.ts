import type { JsonSchema, JsonSchemaObject } from "../../schema/json-schema.ts";
import { refTarget } from "../../schema/ref-target.ts";
import { isSchema } from "../../schema/subschemas.ts";
import { renderDeclarations } from "./render-declarations.ts";
import type { ToolDeclaration } from "../tool.ts";

/** Longest type of a result that a prompt shows whole, in characters: about two hundred tokens. */
export const maxResultTypeLength = 800;

/** How much of a type is shown. */
interface Extent {
  /** Levels of objects. */
  depth: number;
  isDescribed: boolean;
  /** Most properties of an object. */
  maxProperties: number;
}

const all = Number.POSITIVE_INFINITY;
/** What is tried, from much to little. */
const extents: readonly Extent[] = [
  { depth: 3, isDescribed: true, maxProperties: all },
  { depth: 3, isDescribed: false, maxProperties: all },
  { depth: 2, isDescribed: true, maxProperties: all },
  { depth: 2, isDescribed: false, maxProperties: all },
  { depth: 1, isDescribed: true, maxProperties: all },
  { depth: 1, isDescribed: false, maxProperties: all },
  { depth: 1, isDescribed: false, maxProperties: 20 },
];
/** Most schemas that an outline is made of: references can lead to more than there are. */
const maxParts = 500;
/** Most values of an `enum` in an outline. */
const maxValues = 12;

/**
 * A tool as a prompt declares it: with an outline of its result where the whole type would be long. Services return
 * objects of hundreds of fields; a model that needs more of them than the outline shows can look at a result.
 */
export function withShortResult<Declared extends ToolDeclaration>(tool: Declared): ToolDeclaration {
  const { outputSchema } = tool;
  if (typeof outputSchema !== "object" || resultLength(tool) <= maxResultTypeLength) return tool;
  const { name, description, inputSchema } = tool;
  for (const extent of extents) {
    const outline = new Outline(outputSchema, extent).of(outputSchema, extent.depth, new Set());
    const short = { name, description, inputSchema, outputSchema: explained(outline, outputSchema) };
    if (resultLength(short) <= maxResultTypeLength) return short;
  }
  return { name, description, inputSchema, outputSchema: explained(true, outputSchema) };
}

function resultLength({ name, outputSchema }: ToolDeclaration): number {
  const alone = {
    name,
    description: "",
    inputSchema: { type: "object" } as const,
    ...(outputSchema && { outputSchema }),
  };
  return renderDeclarations([alone]).length - `// \nfunction ${name}(): Promise<>;`.length;
}

function explained(outline: JsonSchema, { description }: JsonSchemaObject): JsonSchema {
  const note = "(not all of its type is shown: print a part of it to see more)";
  const text = description === undefined ? note : `${description} ${note}`;
  return { ...(typeof outline === "object" && outline), description: text };
}

class Outline {
  readonly #root: JsonSchemaObject;
  readonly #extent: Extent;
  #parts = 0;

  constructor(root: JsonSchemaObject, extent: Extent) {
    this.#root = root;
    this.#extent = extent;
  }

  /** @param open - The references that lead here: a type within itself ends. */
  of(schema: JsonSchema, depth: number, open: ReadonlySet<string>): JsonSchema {
    this.#parts += 1;
    if (typeof schema === "boolean") return schema;
    if (this.#parts > maxParts) return true;
    if (schema.$ref !== undefined) return this.#target(schema.$ref, depth, open);
    if (depth === 0 && (schema.type === "object" || schema.properties !== undefined)) return true;
    const { isDescribed, maxProperties } = this.#extent;
    const { type, description, format, additionalProperties } = schema;
    const each = (list: readonly JsonSchema[]) => list.map((part) => this.of(part, depth, open));
    const outline: JsonSchemaObject = {
      ...(type !== undefined && { type }),
      ...(schema.const !== undefined && { const: schema.const }),
      ...(schema.enum && schema.enum.length <= maxValues && { enum: schema.enum }),
      ...(schema.anyOf && { anyOf: each(schema.anyOf) }),
      ...(schema.oneOf && { oneOf: each(schema.oneOf) }),
      ...(schema.allOf && { allOf: each(schema.allOf) }),
      ...(isDescribed && description !== undefined && { description }),
      ...(isDescribed && format !== undefined && { format }),
      ...(isSchema(schema.items) && { items: this.of(schema.items, depth, open) }),
      ...(schema.prefixItems && { prefixItems: each(schema.prefixItems) }),
      ...(schema.minItems !== undefined && { minItems: schema.minItems }),
    };
    if (depth === 0) return outline;
    const inside = (part: JsonSchema) => this.of(part, depth - 1, open);
    const properties = Object.entries(schema.properties ?? {});
    const shown = properties.slice(0, maxProperties);
    const others = shown.length < properties.length ? true : additionalProperties;
    return {
      ...outline,
      ...(shown.length > 0 && { properties: Object.fromEntries(shown.map(([name, part]) => [name, inside(part)])) }),
      ...(schema.required && { required: schema.required }),
      ...(others !== undefined && { additionalProperties: others === false ? false : inside(others) }),
    };
  }

  #target(ref: string, depth: number, open: ReadonlySet<string>): JsonSchema {
    const target = open.has(ref) ? undefined : refTarget(this.#root, ref);
    return target ? this.of(target.schema, depth, new Set([...open, ref])) : true;
  }
}
