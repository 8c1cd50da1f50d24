import type { JsonSchema, JsonSchemaObject, ObjectSchema } from "@smoltools/core";
import { isRecord } from "../json-access.ts";
import { mapRefs, movedRef } from "../map-refs.ts";
import { plainDialect } from "./dialect.ts";
import { decodeArguments, type ExportedInput, unwrapped, wrapped } from "./export-input.ts";
import { described } from "./form/description.ts";
import { exportedNames, withOriginalName } from "./form/property-names.ts";
import { FormWriter } from "./form-writer.ts";
import { normalise } from "./shape/normalise.ts";
import { SchemaDocument } from "./shape/schema-document.ts";
import { withoutExtensions } from "./shape/without-extensions.ts";

/** The input of a tool with a plain root. */
export interface ExportedPlainInput extends ExportedInput {
  /** Makes arguments of an input, as the model would have written them. */
  readonly encode: (value: unknown) => unknown;
}

/**
 * Writes the input of a tool for a provider that takes any JSON Schema: only the root has to be a plain object, without
 * choices, and at some its properties need plain names. The values of a call lose the `null`s that stand for
 * properties that were left out.
 *
 * @param propertyName - What the properties of the root may be called; absent: anything.
 */
export function exportPlainInput(input: ObjectSchema, propertyName?: RegExp): ExportedPlainInput {
  const { decode } = new FormWriter(input, plainDialect).form(input);
  const { $defs, definitions, ...own } = withoutExtensions(input);
  const defined = { ...($defs && { $defs }), ...(definitions && { definitions }) };
  const root = normalise({ ...own, ...defined }, new SchemaDocument({ ...own, ...defined }));
  if (root.kind !== "type" || root.about.type !== "object") {
    // Definitions stay at the top.
    const moved = mapRefs(own, (ref) => movedRef(ref, "#/properties/input"));
    return {
      schema: { ...wrapped(moved), ...defined },
      decode: decodeArguments(unwrapped(decode)),
      encode: (value) => ({ input: value }),
    };
  }
  const { conditions } = root;
  const told = described({ schema: root.about, decode }, { about: {}, ...(conditions && { conditions }) }, true);
  const names = exportedNames(Object.keys(told.schema.properties ?? {}), propertyName);
  return {
    schema: { ...withNames(told.schema, names), type: "object", ...defined },
    decode: decodeArguments((value) => decode(originalNames(value, names))),
    encode: (value) => renamed(value, names),
  };
}

function withNames(schema: JsonSchemaObject, names: ReadonlyMap<string, string>): JsonSchemaObject {
  const { properties, required } = schema;
  if (!properties || [...names].every(([name, key]) => name === key)) return schema;
  const renamed = Object.entries(properties).map(([name, property]): [string, JsonSchema] => {
    const key = names.get(name) ?? name;
    const isSame = key === name || typeof property === "boolean";
    return [key, isSame ? property : withOriginalName(property, name)];
  });
  return {
    ...schema,
    properties: Object.fromEntries(renamed),
    ...(required && { required: required.map((name) => names.get(name) ?? name) }),
  };
}

function originalNames(value: unknown, names: ReadonlyMap<string, string>): unknown {
  return renamed(value, new Map([...names].map(([name, key]) => [key, name])));
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [names.get(key) ?? key, member]));
}
