/** Any value that JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** An object that JSON can hold. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** The names of JSON Schema's types. */
export type JsonSchemaTypeName = "string" | "number" | "integer" | "boolean" | "null" | "array" | "object";

/** A JSON Schema that is not `true` or `false`. */
export interface JsonSchemaObject {
  $schema?: string;
  $id?: string;
  $anchor?: string;
  $ref?: string;
  $defs?: Readonly<Record<string, JsonSchema>>;
  /** What drafts before 2019-09 called `$defs`; schemas in the wild still do. */
  definitions?: Readonly<Record<string, JsonSchema>>;
  $comment?: string;

  title?: string;
  description?: string;
  default?: JsonValue;
  examples?: readonly JsonValue[];
  deprecated?: boolean;
  readOnly?: boolean;
  writeOnly?: boolean;

  type?: JsonSchemaTypeName | readonly JsonSchemaTypeName[];
  enum?: readonly JsonValue[];
  const?: JsonValue;

  allOf?: readonly JsonSchema[];
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  not?: JsonSchema;
  if?: JsonSchema;
  then?: JsonSchema;
  else?: JsonSchema;

  properties?: Readonly<Record<string, JsonSchema>>;
  patternProperties?: Readonly<Record<string, JsonSchema>>;
  additionalProperties?: JsonSchema;
  unevaluatedProperties?: JsonSchema;
  propertyNames?: JsonSchema;
  dependentRequired?: Readonly<Record<string, readonly string[]>>;
  dependentSchemas?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  minProperties?: number;
  maxProperties?: number;

  items?: JsonSchema;
  prefixItems?: readonly JsonSchema[];
  unevaluatedItems?: JsonSchema;
  contains?: JsonSchema;
  minContains?: number;
  maxContains?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;

  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;

  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  contentEncoding?: string;
  contentMediaType?: string;

  /** The TypeScript type that a JSON value stands for on the code's side, such as `Date` for a date-time string. */
  "x-ts"?: string;
  /** Of a result: values may be added to the `enum` in later versions, and callers have to expect that. */
  "x-open"?: boolean;
}

/** A schema of JSON Schema 2020-12. Source: https://json-schema.org/draft/2020-12. */
export type JsonSchema = boolean | JsonSchemaObject;

/** A schema whose root is an object: what the input of a tool must be. */
export interface ObjectSchema extends JsonSchemaObject {
  type: "object";
}
