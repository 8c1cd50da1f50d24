import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";
import { type Place, type Reason, reason } from "./reason.ts";
import { without } from "./schema-node.ts";

/** True when both stand for the same type in code, the `x-ts` of a schema: a `Date`, or plain JSON. */
export function sameCodeType(inner: JsonSchema, outer: JsonSchema): boolean {
  return codeType(inner) === codeType(outer);
}

function codeType(schema: JsonSchema): string | undefined {
  return typeof schema === "object" ? schema["x-ts"] : undefined;
}

/** The reason that two types in code differ. */
export function codeTypeReason(inner: JsonSchemaObject, outer: JsonSchemaObject, place: Place): Reason {
  const name = (schema: JsonSchemaObject) => schema["x-ts"] ?? "plain JSON";
  return reason("code-type", `is ${name(inner)} in code, not ${name(outer)}`, place, inner, outer);
}

/** The outer schema with the type in code of the inner one, where that has been judged already. */
export function withCodeTypeOf(inner: JsonSchemaObject, outer: JsonSchemaObject): JsonSchemaObject {
  const name = inner["x-ts"];
  return name === undefined ? without(outer, "x-ts") : { ...outer, "x-ts": name };
}
