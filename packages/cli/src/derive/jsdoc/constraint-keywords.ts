import type { JsonSchemaTypeName } from "@smoltools/core";

/** How the text of a constraint tag is read. */
export type ConstraintValue = "number" | "count" | "flag" | "text" | "pattern" | "json" | "integer" | "open";

/** A tag that adds to the schema of the type it stands behind. */
export interface ConstraintKeyword {
  readonly value: ConstraintValue;
  /** The JSON types that the keyword says anything about; absent for annotations, which fit every type. */
  readonly on?: readonly JsonSchemaTypeName[];
}

const onNumber: readonly JsonSchemaTypeName[] = ["number", "integer"];
const onString: readonly JsonSchemaTypeName[] = ["string"];
const onArray: readonly JsonSchemaTypeName[] = ["array"];
const onObject: readonly JsonSchemaTypeName[] = ["object"];

/**
 * The constraint tags by name: keywords of JSON Schema, three ways to say that a number is an integer, and one to say
 * that a choice of values will grow.
 */
export const constraintKeywords: ReadonlyMap<string, ConstraintKeyword> = new Map<string, ConstraintKeyword>([
  ["default", { value: "json" }],
  ["example", { value: "json" }],
  ["examples", { value: "json" }],
  ["title", { value: "text" }],
  ["deprecated", { value: "flag" }],
  ["readOnly", { value: "flag" }],
  ["writeOnly", { value: "flag" }],
  ["open", { value: "open" }],
  ["integer", { value: "integer", on: onNumber }],
  ["int", { value: "integer", on: onNumber }],
  ["asType", { value: "integer", on: onNumber }],
  ["minimum", { value: "number", on: onNumber }],
  ["maximum", { value: "number", on: onNumber }],
  ["exclusiveMinimum", { value: "number", on: onNumber }],
  ["exclusiveMaximum", { value: "number", on: onNumber }],
  ["multipleOf", { value: "number", on: onNumber }],
  ["minLength", { value: "count", on: onString }],
  ["maxLength", { value: "count", on: onString }],
  ["pattern", { value: "pattern", on: onString }],
  ["format", { value: "text", on: onString }],
  ["contentEncoding", { value: "text", on: onString }],
  ["contentMediaType", { value: "text", on: onString }],
  ["minItems", { value: "count", on: onArray }],
  ["maxItems", { value: "count", on: onArray }],
  ["uniqueItems", { value: "flag", on: onArray }],
  ["minProperties", { value: "count", on: onObject }],
  ["maxProperties", { value: "count", on: onObject }],
]);
