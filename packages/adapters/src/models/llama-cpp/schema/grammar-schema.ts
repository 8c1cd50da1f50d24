import type { JsonSchema, JsonSchemaObject, JsonSchemaTypeName, JsonValue, ObjectSchema } from "@smoltools/core";
import type { GbnfJsonSchema } from "node-llama-cpp";
import { SchemaView } from "./schema-view.ts";

/** A schema in the form that grammars are made of. */
export interface GrammarSchema {
  schema: GbnfJsonSchema;
  /** True when answers hold `null` for properties that were left out: `withoutLeftOutNulls` takes them away. */
  hasFillers: boolean;
}

/** Longer repetitions make a grammar that is slow to follow: above it only the schema itself counts. */
const mostRepetitions = 128;

const scalarTypes = ["string", "number", "integer", "boolean", "null"] as const;
type ScalarType = (typeof scalarTypes)[number];

/** Any JSON value. */
const anything: GbnfJsonSchema = {
  oneOf: [{ type: scalarTypes }, { type: "object", additionalProperties: true }, { type: "array" }],
};

/**
 * Writes a JSON Schema in the part of it that node-llama-cpp makes grammars of.
 *
 * A grammar cannot leave a property out, so that an optional one may be `null` in it, as in OpenAI's strict mode. What
 * has no counterpart, such as `pattern`, `minimum` or `allOf`, is left out: the grammar then allows more than the
 * schema, never less where the schema is met by what it allows. Open objects are closed when they name properties.
 *
 * Source: https://node-llama-cpp.withcat.ai/guide/grammar#json-schema.
 */
export function grammarSchema(root: ObjectSchema): GrammarSchema {
  const writer = new GrammarSchemaWriter(root);
  return { schema: writer.write(), hasFillers: writer.hasFillers };
}

class GrammarSchemaWriter {
  readonly #view: SchemaView;
  hasFillers = false;

  constructor(root: JsonSchemaObject) {
    this.#view = new SchemaView(root);
  }

  write(): GbnfJsonSchema {
    const definitions = Object.entries(this.#view.definitions).map(([name, schema]) => [name, this.#any(schema)]);
    const schema = this.#any(this.#view.root);
    return definitions.length === 0 ? schema : { ...schema, $defs: Object.fromEntries(definitions) };
  }

  #any(schema: JsonSchema): GbnfJsonSchema {
    if (typeof schema === "boolean") return anything;
    const written = this.#shape(schema);
    return schema.description === undefined ? written : { ...written, description: schema.description };
  }

  #shape(schema: JsonSchemaObject): GbnfJsonSchema {
    if (schema.$ref !== undefined) return this.#reference(schema.$ref);
    if (isScalar(schema.const)) return { const: schema.const };
    if (schema.enum) return schema.enum.every(isScalar) ? { enum: schema.enum } : anything;
    if (schema.properties || schema.type === "object") return this.#object(schema);
    const choices = schema.anyOf ?? schema.oneOf ?? (schema.allOf?.length === 1 ? schema.allOf : undefined);
    if (choices) return { oneOf: choices.map((choice) => this.#any(choice)) };
    return schema.type === undefined ? anything : this.#typed(schema, [schema.type].flat());
  }

  #reference(reference: string): GbnfJsonSchema {
    const name = this.#view.definitionName(reference);
    return name === undefined ? anything : { $ref: `#/$defs/${name}` };
  }

  #typed(schema: JsonSchemaObject, types: readonly JsonSchemaTypeName[]): GbnfJsonSchema {
    const [only] = types;
    if (types.length === 1 && only !== undefined) return this.#ofType(schema, only);
    if (types.every(isScalarType)) return { type: types };
    return { oneOf: types.map((type) => this.#ofType(schema, type)) };
  }

  #ofType(schema: JsonSchemaObject, type: JsonSchemaTypeName): GbnfJsonSchema {
    if (type === "object") return this.#object(schema);
    if (type === "array") return this.#array(schema);
    if (type !== "string") return { type };
    const { format, minLength, maxLength } = schema;
    if (format === "date-time" || format === "date" || format === "time") return { type, format };
    return { type, ...bounds("minLength", minLength, "maxLength", maxLength) };
  }

  #object(schema: JsonSchemaObject): GbnfJsonSchema {
    const undescribed = (schema.required ?? []).map((name): [string, JsonSchema] => [name, true]);
    const entries = Object.entries({ ...Object.fromEntries(undescribed), ...schema.properties });
    const properties = entries.map(([name, property]): [string, GbnfJsonSchema] => {
      const written = this.#any(property);
      if (schema.required?.includes(name) || this.#view.acceptsNull(property)) return [name, written];
      this.hasFillers = true;
      return [name, { oneOf: [written, { type: "null" }], ...describedAs(property) }];
    });
    const { additionalProperties = entries.length === 0 } = schema;
    return {
      type: "object",
      properties: Object.fromEntries(properties),
      additionalProperties:
        typeof additionalProperties === "boolean" ? additionalProperties : this.#any(additionalProperties),
    };
  }

  #array({ items, prefixItems, minItems, maxItems }: JsonSchemaObject): GbnfJsonSchema {
    const least = prefixItems ? Math.max(prefixItems.length, minItems ?? 0) : minItems;
    const most = items === false ? prefixItems?.length : maxItems;
    return {
      type: "array",
      ...(items !== undefined && typeof items !== "boolean" && { items: this.#any(items) }),
      ...(prefixItems && { prefixItems: prefixItems.map((item) => this.#any(item)) }),
      ...bounds("minItems", least, "maxItems", most),
    };
  }
}

function bounds<Least extends string, Most extends string>(
  least: Least,
  minimum: number | undefined,
  most: Most,
  maximum: number | undefined,
): { [Name in Least | Most]?: number } {
  const entries: [string, number][] = [];
  if (minimum !== undefined && minimum > 0 && minimum <= mostRepetitions) entries.push([least, minimum]);
  if (maximum !== undefined && maximum <= mostRepetitions) entries.push([most, maximum]);
  return Object.fromEntries(entries) as { [Name in Least | Most]?: number };
}

function describedAs(schema: JsonSchema): { description?: string } {
  return typeof schema === "object" && schema.description !== undefined ? { description: schema.description } : {};
}

function isScalar(value: JsonValue | undefined): value is string | number | boolean | null {
  return value !== undefined && (value === null || typeof value !== "object");
}

function isScalarType(type: JsonSchemaTypeName): type is ScalarType {
  return type !== "object" && type !== "array";
}
