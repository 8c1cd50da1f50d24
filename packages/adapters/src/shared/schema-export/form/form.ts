import type { JsonSchema, JsonSchemaObject, JsonValue } from "@smoltools/core";
import type { Dialect } from "../dialect.ts";

/** A schema in a provider's dialect, and the way back from its values to those of the original schema. */
export interface Form {
  readonly schema: JsonSchemaObject;
  /** Never throws for values of JSON: what it does not know stays as it is, to be judged by the original schema. */
  readonly decode: (value: unknown) => unknown;
  /** `json`: a text that holds JSON, which could be taken for a plain text. `never`: nothing fits the original. */
  readonly kind?: "json" | "never";
}

/** What the writers of single forms ask for. */
export interface FormContext {
  readonly dialect: Dialect;
  /** The form of a schema in the document. */
  form(schema: JsonSchema): Form;
  /** Whether `null` fits an original schema. */
  acceptsNull(schema: JsonSchema): boolean;
  /** Tells whether values fit an original schema, or a form. Made when it is first asked. */
  originalFits(schema: JsonSchema): (value: unknown) => boolean;
  formFits(schema: JsonSchemaObject): (value: unknown) => boolean;
  /** The keywords of a schema that limit its values and that the dialect keeps. */
  kept(schema: JsonSchemaObject): JsonSchemaObject;
}

/** Leaves values as they are. */
export function unchanged(value: unknown): unknown {
  return value;
}

/** The form of what no value fits. */
export const neverForm: Form = {
  schema: { type: "null", description: "(no value is valid here)" },
  decode: unchanged,
  kind: "never",
};

/** The form, or one that takes `null` as well. */
export function nullable(form: Form): Form {
  const { schema, decode } = form;
  const { title, description, ...rest } = schema;
  const { type, enum: values, const: constant, anyOf, $ref } = rest;
  const about = { ...(title !== undefined && { title }), ...(description !== undefined && { description }) };
  const orNull = (value: unknown): unknown => (value === null ? null : decode(value));
  const as = (changed: JsonSchemaObject): Form => ({ ...form, schema: changed, decode: orNull });
  if (anyOf) {
    if (anyOf.some((branch) => typeof branch === "object" && [branch.type].flat().includes("null"))) return form;
    return as({ ...rest, anyOf: [...anyOf, { type: "null" }], ...about });
  }
  const types = type === undefined ? [] : [type].flat();
  if ($ref !== undefined || types.includes("object") || types.includes("array")) {
    return as({ anyOf: [rest, { type: "null" }], ...about });
  }
  if (types.includes("null")) return form;
  const orNullType = type === undefined ? {} : { type: [...types, "null" as const] };
  if (constant !== undefined) {
    const { const: _, ...others } = rest;
    return as({ ...others, ...orNullType, enum: [constant, null], ...about });
  }
  const nullValue: readonly JsonValue[] = [null];
  return as({ ...rest, ...orNullType, ...(values && { enum: [...values, ...nullValue] }), ...about });
}
